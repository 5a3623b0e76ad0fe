package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.ssh.AsyncSshClient;
import dev.tandem.ssh.CommandRefusedException;
import dev.tandem.ssh.CommandResult;
import dev.tandem.ssh.Credentials;
import dev.tandem.ssh.HostKeys;
import dev.tandem.ssh.SshAuthenticationException;
import dev.tandem.ssh.SshConnectionLostException;
import dev.tandem.ssh.SshException;
import dev.tandem.ssh.SshHandshakeException;
import dev.tandem.ssh.SshTarget;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake devices over real sockets, asked by Tandem's client and by OpenSSH's. */
class IosLabTest {

  private static final Duration PAUSE = Duration.ofMillis(100);

  @Test
  void exec_showRunningConfig_isWholeAndWithoutPrompt() throws Exception {
    inLab(
        LabSettings.of(2, PAUSE),
        (lab, client) -> {
          CommandResult result = run(lab, client, 1, "show running-config").check();
          String config = result.stdout();
          assertTrue(config.startsWith("Building configuration...\r\n"), config);
          assertTrue(config.contains("\r\nhostname R2\r\n"), config);
          assertTrue(config.endsWith("\r\nend\r\n"), config);
          assertTrue(config.length() > 1_500, config);
          assertFalse(config.contains("--More--"), config);
          assertEquals(config, run(lab, client, 1, "sh run").stdout());
          assertEquals(OptionalInt.of(0), result.exitStatus());
          assertEquals("R2", lab.hostname(1));
        });
  }

  @Test
  void exec_otherCommands_areAnsweredAsIosDoes() throws Exception {
    inLab(
        LabSettings.of(1, PAUSE),
        (lab, client) -> {
          assertTrue(run(lab, client, 0, "show version").stdout().contains("Version 15."));
          assertTrue(
              run(lab, client, 0, "show ip interface brief")
                  .stdout()
                  .contains("GigabitEthernet0/1"));
          assertTrue(
              run(lab, client, 0, "show wersion")
                  .stdout()
                  .endsWith("^\r\n% Invalid input detected at '^' marker.\r\n\r\n"));
          assertTrue(run(lab, client, 0, "sho").stdout().contains("% Incomplete command."));
        });
  }

  @Test
  void manyDevices_askedAtOnce_areServedAtOnceAndCounted() throws Exception {
    inLab(
        LabSettings.of(20, Duration.ofMillis(700)),
        (lab, client) -> {
          List<String> names =
              Tandem.gather(
                  IntStream.range(0, 20).boxed().toList(),
                  i -> run(lab, client, i, "show running-config").stdout());
          assertEquals(20, new HashSet<>(names).size());
          assertEquals(20, lab.peakConcurrency());
          assertEquals(0, lab.inProgress());
          lab.resetCounters();
          assertEquals(0, lab.peakConcurrency());
        });
  }

  @Test
  void faults_eachInItsWay_showOnTheSocket() throws Exception {
    inLab(
        new LabSettings(16, Duration.ZERO, 10 / 16.0, 6 / 16.0, 7),
        (lab, client) -> {
          for (int i = 0; i < 16; i++) {
            Class<? extends Throwable> expected = expected(lab.fault(i));
            int device = i;
            if (lab.fault(i) == IosFault.NOT_AUTHORIZED) {
              assertTrue(
                  run(lab, client, i, "show running-config")
                      .stdout()
                      .startsWith("% Authorization failed"));
            } else if (lab.fault(i).isHang()) {
              assertThrows(
                  DeadlineExceededException.class,
                  () ->
                      Tandem.timeout(
                          PAUSE.multipliedBy(3),
                          () -> run(lab, client, device, "show running-config")));
            } else {
              assertThrows(expected, () -> run(lab, client, device, "show running-config"));
            }
          }
        });
  }

  @Test
  void faults_sameSeed_areTheSame() {
    var settings = new LabSettings(50, Duration.ZERO, 0.2, 0.1, 42);
    List<IosFault> faults = IosFault.choose(settings);
    assertEquals(faults, IosFault.choose(settings));
    assertEquals(35, Collections.frequency(faults, IosFault.NONE));
    assertEquals(5, faults.stream().filter(IosFault::isHang).count());
    assertEquals(EnumSet.allOf(IosFault.class), EnumSet.copyOf(faults));
  }

  @Test
  void acceptPublicKey_letsItIn() throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair mine = generator.generateKeyPair();
    inLab(
        LabSettings.of(1, Duration.ZERO),
        (lab, client) -> {
          assertThrows(
              SshAuthenticationException.class,
              () -> client.connect(target(lab, 0), lab.username(), Credentials.key(mine)));
          lab.acceptKey(mine.getPublic());
          client.connect(target(lab, 0), lab.username(), Credentials.key(mine)).close();
        });
  }

  @Test
  void group_ends_nothingListensAnyMore() throws Exception {
    InetSocketAddress address =
        TaskGroup.run(
            group -> {
              return IosLab.start(group, LabSettings.of(3, PAUSE)).addresses().getLast();
            });
    assertThrows(
        ConnectException.class,
        () -> new Socket(address.getAddress(), address.getPort()).close());
  }

  @Test
  void client_cancelled_deviceStopsItsCommand() throws Exception {
    inLab(
        LabSettings.of(1, Duration.ofHours(1)),
        (lab, client) -> {
          assertTrue(
              Tandem.moveOnAfter(
                      Duration.ofMillis(800), () -> run(lab, client, 0, "show running-config"))
                  .isEmpty());
          await().until(() -> lab.inProgress() == 0);
        });
  }

  @Test
  void toString_showsNoSecret() throws Exception {
    inLab(
        LabSettings.of(1, PAUSE),
        (lab, client) -> {
          assertFalse(lab.toString().contains(lab.password()));
          assertFalse(lab.toString().contains(lab.enableSecret()));
        });
  }

  @Test
  void thousandDevices_start_andTheLastAnswers() throws Exception {
    inLab(
        LabSettings.of(1_000, Duration.ZERO),
        (lab, client) -> {
          assertEquals(1_000, new HashSet<>(lab.addresses()).size());
          assertTrue(
              run(lab, client, 999, "show running-config").stdout().contains("hostname R1000\r\n"));
        });
  }

  @Test
  void exec_openSshClient_getsTheConfiguration(@TempDir Path folder) throws Exception {
    assumeOpenSsh();
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, PAUSE));
          Path key = folder.resolve("id");
          assertEquals(
              0,
              new ProcessBuilder(
                      "ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString())
                  .start()
                  .waitFor());
          lab.acceptKey(Keys.publicKey(Files.readString(folder.resolve("id.pub"))));
          Path hosts = Files.writeString(folder.resolve("hosts"), lab.knownHosts());
          Process ssh =
              new ProcessBuilder(
                      "ssh",
                      "-F", "/dev/null",
                      "-o", "BatchMode=yes",
                      "-o", "StrictHostKeyChecking=yes",
                      "-o", "UserKnownHostsFile=" + hosts,
                      "-i", key.toString(),
                      "-p", String.valueOf(lab.addresses().getFirst().getPort()),
                      lab.username() + "@127.0.0.1",
                      "show running-config")
                  .redirectErrorStream(true)
                  .start();
          String output = new String(ssh.getInputStream().readAllBytes(), US_ASCII);
          assertEquals(0, ssh.waitFor(), output);
          assertTrue(output.endsWith("\r\nend\r\n"), output);
        });
  }

  private interface Check {
    void with(IosLab lab, AsyncSshClient client) throws Exception;
  }

  private static void inLab(LabSettings settings, Check check) throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, settings);
          HostKeys keys = HostKeys.knownHostsLines(lab.knownHosts());
          try (var client = AsyncSshClient.builder().hostKeys(keys).build()) {
            check.with(lab, client);
          }
        });
  }

  private static CommandResult run(IosLab lab, AsyncSshClient client, int device, String command)
      throws SshException, InterruptedException {
    try (var connection =
        client.connect(
            target(lab, device), lab.username(), Credentials.password(lab.password()))) {
      return connection.run(command);
    }
  }

  private static SshTarget target(IosLab lab, int device) {
    return SshTarget.of("127.0.0.1", lab.addresses().get(device).getPort());
  }

  private static Class<? extends Throwable> expected(IosFault fault) {
    return switch (fault) {
      case LOGIN_REFUSED -> SshAuthenticationException.class;
      case KEY_EXCHANGE_CUT -> SshHandshakeException.class;
      case RESET -> SshConnectionLostException.class;
      case CHANNEL_REFUSED -> CommandRefusedException.class;
      default -> DeadlineExceededException.class;
    };
  }

  private static void assumeOpenSsh() {
    boolean present =
        Files.isExecutable(Path.of("/usr/bin/ssh"))
            && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"));
    if ("true".equals(System.getenv("CI"))) {
      assertTrue(present, "OpenSSH's client must be installed on CI");
    }
    assumeTrue(present, "OpenSSH's client is not installed");
  }

  private static final class Keys {

    static PublicKey publicKey(String line) throws Exception {
      return requireNonNull(
          AuthorizedKeyEntry.parseAuthorizedKeyEntry(line).resolvePublicKey(null, null));
    }
  }
}
