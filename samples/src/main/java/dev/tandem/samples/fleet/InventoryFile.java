package dev.tandem.samples.fleet;

import dev.tandem.samples.fleet.Inventory.Group;
import dev.tandem.samples.fleet.Inventory.Host;
import dev.tandem.samples.fleet.Inventory.HostKeyPolicy;
import dev.tandem.samples.fleet.Inventory.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads an inventory; the format is in docs/fleet.md. */
final class InventoryFile {

  /** Names become file names, so they hold nothing that means something to a file system. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  private static final int HTTP_PORT = 9060;
  private static final int SSH_PORT = 22;

  private final Path file;

  private InventoryFile(Path file) {
    this.file = file;
  }

  static Inventory read(Path file) throws InventoryException {
    return new InventoryFile(file).parse();
  }

  private Inventory parse() throws InventoryException {
    YamlMap root = YamlMap.of(file.toString(), compose(), "the inventory");
    root.only("groups", "hosts");
    YamlMap named = root.map("groups");
    Map<String, Group> groups = new LinkedHashMap<>();
    for (String name : named.keys()) {
      groups.put(name, group(name, named.map(name)));
    }
    List<Host> hosts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node node : root.list("hosts")) {
      YamlMap map = YamlMap.of(file.toString(), node, "a host");
      Host host = host(map, groups);
      if (!names.add(host.name())) {
        throw map.wrong("name", "'" + host.name() + "' stands twice; names must differ");
      }
      hosts.add(host);
    }
    if (hosts.isEmpty()) {
      throw root.wrong("hosts", "is empty; name at least one host");
    }
    return new Inventory(groups, hosts);
  }

  private Group group(String name, YamlMap map) throws InventoryException {
    map.only(
        "transport",
        "port",
        "username",
        "password_env",
        "key",
        "limit",
        "verify_tls",
        "host_keys",
        "known_hosts");
    map.string("transport");
    Transport transport =
        Transport.valueOf(
            map.choice("transport", "http", "ssh").orElseThrow().toUpperCase(Locale.ROOT));
    Optional<String> variable = map.optional("password_env");
    Optional<Path> key = map.optional("key").map(this::resolve);
    if (variable.isPresent() && System.getenv(variable.get()) == null) {
      throw map.wrong(
          "password_env",
          "names the environment variable " + variable.get() + ", which is not set; export it");
    }
    if (variable.isEmpty() && (key.isEmpty() || transport == Transport.HTTP)) {
      throw map.wrong(
          "password_env",
          "is missing in group "
              + name
              + "; name the environment variable that holds the password"
              + (transport == Transport.SSH ? ", or a private key with 'key'" : ""));
    }
    if (key.isPresent() && !Files.isReadable(key.get())) {
      throw map.wrong("key", "names " + key.get() + ", which does not exist or cannot be read");
    }
    HostKeyPolicy policy =
        switch (map.choice("host_keys", "known_hosts", "pinned", "trust_on_first_use", "insecure")
            .orElse("known_hosts")) {
          case "pinned" -> HostKeyPolicy.PINNED;
          case "trust_on_first_use" -> HostKeyPolicy.TRUST_ON_FIRST_USE;
          case "insecure" -> HostKeyPolicy.INSECURE;
          default -> HostKeyPolicy.KNOWN_HOSTS;
        };
    return new Group(
        name,
        transport,
        map.number("port", 1, 65535).orElse(transport == Transport.HTTP ? HTTP_PORT : SSH_PORT),
        map.string("username"),
        variable.map(Secret::new),
        key,
        map.number("limit", 1, 1_000_000).map(OptionalInt::of).orElse(OptionalInt.empty()),
        map.choice("verify_tls", "true", "false").orElse("true").equals("true"),
        policy,
        map.optional("known_hosts").map(this::resolve));
  }

  private Host host(YamlMap map, Map<String, Group> groups) throws InventoryException {
    map.only("name", "group", "address", "port", "host_key");
    String name = map.string("name");
    if (!NAME.matcher(name).matches()) {
      throw map.wrong(
          "name", "must be letters, digits, dots, dashes and underscores, not '" + name + "'");
    }
    Group group = groups.get(map.string("group"));
    if (group == null) {
      throw map.wrong(
          "group",
          "is unknown: '"
              + map.string("group")
              + "'; there are "
              + String.join(", ", groups.keySet()));
    }
    Optional<String> fingerprint = map.optional("host_key");
    if (fingerprint.isPresent() && !FINGERPRINT.matcher(fingerprint.get()).matches()) {
      throw map.wrong("host_key", "must be a fingerprint as in SHA256:…, as ssh-keygen -l prints");
    }
    if (group.hostKeys() == HostKeyPolicy.PINNED && fingerprint.isEmpty()) {
      throw map.wrong("host_key", "is missing; hosts of group " + group.name() + " are pinned");
    }
    return new Host(
        name,
        group,
        map.optional("address").orElse(name),
        map.number("port", 1, 65535).orElse(group.port()),
        fingerprint);
  }

  /** Paths are relative to the inventory; a leading tilde is the home directory. */
  private Path resolve(String path) {
    if (path.startsWith("~/")) {
      return Path.of(System.getProperty("user.home"), path.substring(2));
    }
    return file.toAbsolutePath().resolveSibling(path);
  }

  private Node compose() throws InventoryException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(text)
          .orElseThrow(() -> new InventoryException(file + " is empty; see docs/fleet.md"));
    } catch (NoSuchFileException missing) {
      throw new InventoryException(file + " does not exist; see docs/fleet.md for an example");
    } catch (IOException unreadable) {
      throw new InventoryException("cannot read " + file + ": " + Reason.of(unreadable));
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new InventoryException(file + ", line " + line + ": " + malformed.getProblem());
    } catch (YamlEngineException malformed) {
      throw new InventoryException(file + ": " + Reason.of(malformed));
    }
  }
}
