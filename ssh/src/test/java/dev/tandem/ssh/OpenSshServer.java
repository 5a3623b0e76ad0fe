package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's server as a child process, with its own keys, port and configuration. */
final class OpenSshServer implements AutoCloseable {

  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  final Path folder;
  final SshTarget target;
  private final Process process;

  private OpenSshServer(Path folder, SshTarget target, Process process) {
    this.folder = folder;
    this.target = target;
    this.process = process;
  }

  /** Skips the test where there is no sshd; on CI that is a failure. */
  static void assume() {
    boolean present = Files.isExecutable(SSHD) && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"));
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(present, "OpenSSH's server must be installed on CI");
    }
    assumeTrue(present, "OpenSSH's server is not installed");
  }

  /** Starts it; host key types and extra lines of the configuration are the test's. */
  static OpenSshServer start(Path folder, List<String> hostKeyTypes, String... extra)
      throws Exception {
    if (user().equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    var lines = new ArrayList<String>();
    for (String type : hostKeyTypes) {
      Path key = folder.resolve("host_" + type);
      keygen(key, type, "");
      lines.add("HostKey " + key);
    }
    keygen(folder.resolve("user"), "ed25519", "");
    keygen(folder.resolve("locked"), "ed25519", "open sesame");
    Files.writeString(
        folder.resolve("authorized"),
        Files.readString(folder.resolve("user.pub"))
            + Files.readString(folder.resolve("locked.pub")));
    int port = freePort();
    lines.addAll(
        List.of(
            "Port " + port,
            "ListenAddress 127.0.0.1",
            "AuthorizedKeysFile " + folder.resolve("authorized"),
            "StrictModes no",
            "UsePAM no",
            "PasswordAuthentication no",
            "PermitRootLogin yes",
            "PidFile none",
            "MaxStartups 1000",
            "MaxSessions 1000"));
    lines.addAll(List.of(extra));
    Path config = Files.write(folder.resolve("sshd_config"), lines);
    Process process =
        new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    var server = new OpenSshServer(folder, SshTarget.of("127.0.0.1", port), process);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(folder.resolve("sshd.log")).contains("Server listening"));
    return server;
  }

  static String user() {
    return System.getProperty("user.name");
  }

  /** The fingerprint that ssh-keygen prints for a host key. */
  String fingerprint(String type) throws Exception {
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-l", "-f", folder.resolve("host_" + type).toString())
            .start();
    String line = new String(keygen.getInputStream().readAllBytes(), US_ASCII);
    return List.of(line.split(" ", -1)).get(1);
  }

  /** A line of known_hosts, hashed by ssh-keygen. */
  String hashedKnownHosts(String type) throws Exception {
    String key = Files.readString(folder.resolve("host_" + type + ".pub"));
    Path file = Files.writeString(folder.resolve("hashed"), target.knownHostsName() + " " + key);
    assertTrue(
        new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0);
    return Files.readString(file);
  }

  Path key(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private static void keygen(Path file, String type, String passphrase) throws Exception {
    Process keygen =
        new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString())
            .start();
    assertTrue(keygen.waitFor() == 0, "ssh-keygen failed");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
