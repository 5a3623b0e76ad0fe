package dev.tandem.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the server that most devices run. */
class OpenSshTest {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");
  private static final String USER = System.getProperty("user.name");

  @TempDir static Path folder;
  private static Process sshd;
  private static SshTarget target;
  private static String pin;

  @BeforeAll
  static void startServer() throws Exception {
    if (!Files.isExecutable(SSHD)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("sshd is missing, and must be there in continuous integration: openssh-server");
      }
      assumeTrue(false, "no /usr/sbin/sshd on this machine; install openssh-server");
    }
    if (USER.equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    keygen("host", "ed25519", "");
    keygen("plain", "ed25519", "");
    keygen("locked", "ed25519", "open sesame");
    keygen("rsa", "rsa", "");
    Files.writeString(
        folder.resolve("authorized"),
        Files.readString(folder.resolve("plain.pub"))
            + Files.readString(folder.resolve("locked.pub"))
            + Files.readString(folder.resolve("rsa.pub")));
    Files.writeString(folder.resolve("run"), "#!/bin/sh\neval \"$SSH_ORIGINAL_COMMAND\"\n");
    assertTrue(folder.resolve("run").toFile().setExecutable(true, false));
    // Between our choice of a port and its use by the server somebody else may take it.
    for (int attempt = 0; !listens(); attempt++) {
      assertTrue(attempt < 5, () -> "sshd does not start: " + log());
      start(freePort());
    }
    pin = output("ssh-keygen", "-lf", folder.resolve("host.pub").toString()).split(" ", -1)[1];
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void start(int port) throws IOException {
    target = SshTarget.of("127.0.0.1", port);
    Path config =
        Files.write(
            folder.resolve("config"),
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("authorized"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PermitRootLogin yes",
                "PasswordAuthentication no",
                "MaxStartups 200",
                "RekeyLimit 64K",
                "ForceCommand exec sh " + folder.resolve("run")));
    sshd =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  /** True once the server accepts connections; false when it is not there, or has given up. */
  private static boolean listens() {
    if (sshd == null) {
      return false;
    }
    TestServer.until(() -> log().contains("listening on") || !sshd.isAlive());
    return sshd.isAlive();
  }

  private static String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (sshd != null) {
      sshd.destroy();
      assertTrue(sshd.waitFor(30, TimeUnit.SECONDS));
    }
  }

  private static void keygen(String name, String type, String passphrase) throws Exception {
    String file = folder.resolve(name).toString();
    output("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-a", "1", "-f", file);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = process.inputReader().readAllAsString();
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static AsyncSshClient client() {
    return AsyncSshClient.builder().hostKeys(HostKeys.pinned(pin)).build();
  }

  private static SshConnection connect(AsyncSshClient client, String key) throws Exception {
    return client.connect(target, USER, Credentials.keyFile(folder.resolve(key)));
  }

  @Test
  void run_onOpenSsh_outputErrorsAndStatusArrive() throws Exception {
    try (var client = client();
        var connection = connect(client, "plain")) {
      CommandResult result = connection.run("echo out; echo err >&2; exit 7");
      assertEquals("out\n", result.stdout());
      assertEquals("err\n", result.stderr());
      assertEquals(OptionalInt.of(7), result.exitStatus());
      assertEquals("TERM", connection.run("kill -TERM $$").exitSignal().orElseThrow());
    }
  }

  @Test
  void connect_withRsaKey_isAccepted() throws Exception {
    try (var client = client();
        var connection = connect(client, "rsa")) {
      assertEquals("x\n", connection.run("echo x").check().stdout());
    }
  }

  @Test
  void connect_keyFileWithPassphrase_needsTheRightOne() throws Exception {
    Path locked = folder.resolve("locked");
    try (var client = client();
        var connection =
            client.connect(
                target, USER, Credentials.keyFile(locked, "open sesame".toCharArray()))) {
      assertEquals("x\n", connection.run("echo x").check().stdout());
    }
    assertThrows(IOException.class, () -> Credentials.keyFile(locked));
    var e =
        assertThrows(
            IOException.class, () -> Credentials.keyFile(locked, "shibboleth".toCharArray()));
    assertTrue(!String.valueOf(e.getMessage()).contains("shibboleth"), e.getMessage());
  }

  @Test
  void connect_keyTheServerDoesNotKnow_isRefused() throws Exception {
    try (var client = client()) {
      var e =
          assertThrows(
              SshAuthenticationException.class,
              () -> client.connect(target, USER, Credentials.key(TestServer.newKey())));
      assertTrue(e.tried().contains("publickey"), e.toString());
      assertTrue(e.serverMethods().contains("publickey"), e.toString());
    }
  }

  @Test
  void connect_passwordWhereOnlyKeysCount_isRefused() throws Exception {
    try (var client = client()) {
      assertThrows(
          SshAuthenticationException.class,
          () -> client.connect(target, USER, Credentials.password("secret")));
    }
  }

  @Test
  void connect_otherKeyPinned_isHostKeyChanged() throws Exception {
    String other = "SHA256:" + "A".repeat(43);
    try (var client = AsyncSshClient.builder().hostKeys(HostKeys.pinned(other)).build()) {
      var e = assertThrows(HostKeyChangedException.class, () -> connect(client, "plain"));
      assertEquals(pin, e.fingerprint());
      assertEquals("ssh-ed25519", e.keyType());
    }
  }

  @Test
  void connect_hashedLineOfKeygen_isKnown() throws Exception {
    String[] key = Files.readString(folder.resolve("host.pub")).split(" ", -1);
    Path hosts =
        Files.writeString(
            folder.resolve("known_hosts"),
            target.knownHostsName() + " " + key[0] + " " + key[1] + "\n");
    output("ssh-keygen", "-H", "-f", hosts.toString());
    assertTrue(Files.readString(hosts).startsWith("|1|"));
    try (var client = AsyncSshClient.builder().hostKeys(HostKeys.knownHosts(hosts)).build();
        var connection = connect(client, "plain")) {
      assertTrue(connection.isOpen());
    }
    String revoked = "@revoked * " + key[0] + " " + key[1] + "\n" + Files.readString(hosts);
    try (var client =
        AsyncSshClient.builder().hostKeys(HostKeys.knownHostsLines(revoked)).build()) {
      assertThrows(HostKeyRevokedException.class, () -> connect(client, "plain"));
    }
  }

  @Test
  void run_serverExchangesKeysAgainAndAgain_nothingIsLost() throws Exception {
    try (var client = client();
        var connection = connect(client, "plain")) {
      String zeros = connection.run("head -c 2000000 /dev/zero | tr '\\0' z").check().stdout();
      assertEquals(2_000_000, zeros.length());
      assertTrue(zeros.chars().allMatch(c -> c == 'z'));
    }
  }
}
