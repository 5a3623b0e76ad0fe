package dev.tandem.samples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InventoryFileTest {

  /** A variable that every environment has. */
  private static final String VARIABLE = "PATH";

  private static final String GOOD =
      """
      groups:
        ise:
          transport: http
          username: admin
          password_env: PATH
          verify_tls: false
          limit: 10
        switches:
          transport: ssh
          username: backup
          key: id_backup
          host_keys: pinned
      hosts:
        - name: ise-01
          group: ise
          address: 192.0.2.11
        - name: sw-1
          group: switches
          port: 2022
          host_key: SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8
      """;

  @TempDir private Path directory;

  @Test
  void read_goodFile_givesGroupsAndHostsInOrder() throws Exception {
    Inventory inventory = InventoryFile.read(file(GOOD));
    Inventory.Host node = inventory.hosts().get(0);
    assertEquals("ise-01", node.name());
    assertEquals("192.0.2.11", node.address());
    assertEquals(9060, node.port());
    assertEquals(OptionalInt.of(10), node.group().limit());
    assertFalse(node.group().verifyTls());
    Inventory.Host device = inventory.hosts().get(1);
    assertEquals("sw-1", device.address());
    assertEquals(2022, device.port());
    assertEquals(directory.resolve("id_backup"), device.group().key().orElseThrow());
  }

  @Test
  void read_theSecret_isNotShown() throws Exception {
    Inventory inventory = InventoryFile.read(file(GOOD));
    assertFalse(inventory.toString().contains(System.getenv(VARIABLE)));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("username: admin", "user: admin", "line 4: 'user' is no key of 'ise'"),
        Arguments.of(
            "transport: http", "transport: ftp", "line 3: 'transport' must be one of http"),
        Arguments.of("key: id_backup", "key: id_none", "line 11: 'key' names "),
        Arguments.of("limit: 10", "limit: 0", "line 7: 'limit' must be a number from 1"),
        Arguments.of("limit: 10", "limit: ten", "line 7: 'limit' must be a number from 1"),
        Arguments.of(
            "password_env: PATH", "password_env: NO_SUCH_VARIABLE_1", "line 5: 'password_"),
        Arguments.of("    password_env: PATH\n", "", "'password_env' is missing in group ise"),
        Arguments.of("group: ise", "group: ice", "line 15: 'group' is unknown: 'ice'; there are"),
        Arguments.of("name: sw-1", "name: ise-01", "line 17: 'name' 'ise-01' stands twice"),
        Arguments.of("name: sw-1", "name: ../../etc/x", "line 17: 'name' must be letters"),
        Arguments.of("port: 2022", "port: 70000", "line 19: 'port' must be a number from 1"),
        Arguments.of("    host_key: SHA256:n", "    host_key: MD5:n", "must be a fingerprint"),
        Arguments.of("  - name: sw-1\n", "  - nam: sw-1\n", "line 17: 'nam' is no key of a host"),
        Arguments.of("    username: backup\n", "", "line 9: 'switches' needs 'username'"),
        Arguments.of("hosts:", "hosts: [", "line "),
        Arguments.of("  ise:\n", "  ise: [1]\n  other:\n", "line 2: 'ise' must be a map"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void read_mistake_isReportedWithItsLine(String right, String wrong, String complaint)
      throws IOException {
    assertTrue(GOOD.contains(right), right);
    Path file = file(GOOD.replace(right, wrong));
    var error = assertThrows(InventoryException.class, () -> InventoryFile.read(file));
    assertTrue(error.getMessage().startsWith(file.toString()), error.getMessage());
    assertTrue(error.getMessage().contains(complaint), error.getMessage());
  }

  @Test
  void read_missingFile_saysSo() {
    Path missing = directory.resolve("none.yaml");
    var error = assertThrows(InventoryException.class, () -> InventoryFile.read(missing));
    assertEquals(missing + " does not exist; see docs/fleet.md for an example", error.getMessage());
  }

  @Test
  void read_emptyFile_saysSo() throws Exception {
    Path empty = file("");
    var error = assertThrows(InventoryException.class, () -> InventoryFile.read(empty));
    assertTrue(error.getMessage().contains("is empty"), error.getMessage());
  }

  private Path file(String text) throws IOException {
    Files.writeString(directory.resolve("id_backup"), "a key");
    return Files.writeString(directory.resolve("inventory.yaml"), text);
  }
}
