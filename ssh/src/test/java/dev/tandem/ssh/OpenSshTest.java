package dev.tandem.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's server, where it is installed. */
class OpenSshTest {

  @TempDir private Path folder;

  @BeforeEach
  void needsOpenSsh() {
    OpenSshServer.assume();
  }

  @Test
  void run_overEd25519HostKeyHashedInKnownHosts_givesOutputAndStatus() throws Exception {
    try (var server =
            OpenSshServer.start(
                folder, List.of("ed25519", "ecdsa"), "ForceCommand echo \"got $SSH_ORIGINAL_COMMAND\"; exit 7");
        var client = client(HostKeys.knownHostsLines(server.hashedKnownHosts("ed25519")));
        var connection = connect(client, server, "user")) {
      CommandResult result = connection.run("show version");
      assertEquals("got show version\n", result.stdout());
      assertEquals(OptionalInt.of(7), result.exitStatus());
    }
  }

  @Test
  void connect_onlyTheSecondHostKeyIsKnown_asksForThatOne() throws Exception {
    try (var server =
        OpenSshServer.start(folder, List.of("ed25519", "ecdsa", "rsa"), "ForceCommand true")) {
      for (String type : List.of("rsa", "ecdsa", "ed25519")) {
        try (var client = client(HostKeys.knownHostsLines(server.hashedKnownHosts(type)));
            var connection = connect(client, server, "user")) {
          assertTrue(connection.run("x").isSuccess());
        }
      }
    }
  }

  @Test
  void connect_unknown_fingerprintIsTheOneSshKeygenPrints() throws Exception {
    try (var server = OpenSshServer.start(folder, List.of("ed25519"), "ForceCommand true");
        var client = client(HostKeys.knownHostsLines(""))) {
      var e =
          assertThrows(HostKeyUnknownException.class, () -> connect(client, server, "user"));
      assertEquals(server.fingerprint("ed25519"), e.fingerprint());
      assertEquals("ssh-ed25519", e.keyType());
    }
  }

  @Test
  void keyFile_withPassphrase_opensAndLogsIn() throws Exception {
    try (var server = OpenSshServer.start(folder, List.of("ecdsa"), "ForceCommand true");
        var client = client(HostKeys.insecureAcceptAll())) {
      var key = Credentials.keyFile(server.key("locked"), "open sesame".toCharArray());
      client.connect(server.target, OpenSshServer.user(), key).close();
      assertThrows(
          IOException.class,
          () -> Credentials.keyFile(server.key("locked"), "wrong".toCharArray()));
      assertThrows(IOException.class, () -> Credentials.keyFile(server.key("locked")));
    }
  }

  @Test
  void connect_passwordWhereOnlyKeysCount_isRefusedWithoutTryingIt() throws Exception {
    try (var server = OpenSshServer.start(folder, List.of("ecdsa"), "ForceCommand true");
        var client = client(HostKeys.insecureAcceptAll())) {
      var e =
          assertThrows(
              SshAuthenticationException.class,
              () ->
                  client.connect(
                      server.target, OpenSshServer.user(), Credentials.password("secret")));
      assertEquals(List.of(), e.tried());
    }
  }

  @Test
  void run_rekeyingAllTheTime_outputIsWhole() throws Exception {
    try (var server =
            OpenSshServer.start(
                folder,
                List.of("ecdsa"),
                "RekeyLimit 64K",
                "ForceCommand head -c 2000000 /dev/zero | tr '\\0' x");
        var client = client(HostKeys.insecureAcceptAll());
        var connection = connect(client, server, "user")) {
      assertEquals("x".repeat(2_000_000), connection.run("big").check().stdout());
    }
  }

  @Test
  void run_commandKilledBySignal_saysWhich() throws Exception {
    try (var server =
            OpenSshServer.start(folder, List.of("ecdsa"), "ForceCommand kill -TERM $$");
        var client = client(HostKeys.insecureAcceptAll());
        var connection = connect(client, server, "user")) {
      CommandResult result = connection.run("x");
      assertEquals(Optional.of("TERM"), result.exitSignal());
      assertThrows(CommandFailedException.class, result::check);
    }
  }

  @Test
  void run_commandReadsItsInput_seesTheEnd() throws Exception {
    try (var server = OpenSshServer.start(folder, List.of("ecdsa"), "ForceCommand cat; echo end");
        var client = client(HostKeys.insecureAcceptAll());
        var connection = connect(client, server, "user")) {
      assertEquals("end\n", connection.run("x", Duration.ofSeconds(10)).stdout());
    }
  }

  private static AsyncSshClient client(HostKeys keys) {
    return AsyncSshClient.builder().hostKeys(keys).build();
  }

  private static SshConnection connect(AsyncSshClient client, OpenSshServer server, String key)
      throws Exception {
    return client.connect(
        server.target, OpenSshServer.user(), Credentials.keyFile(server.key(key)));
  }
}
