package dev.tandem.samples.lab;

import static java.time.Duration.ZERO;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.ssh.AsyncSshClient;
import dev.tandem.ssh.CommandRefusedException;
import dev.tandem.ssh.Credentials;
import dev.tandem.ssh.HostKeys;
import dev.tandem.ssh.SshAuthenticationException;
import dev.tandem.ssh.SshConnection;
import dev.tandem.ssh.SshConnectionLostException;
import dev.tandem.ssh.SshException;
import dev.tandem.ssh.SshHandshakeException;
import dev.tandem.ssh.SshPhase;
import dev.tandem.ssh.SshTimeoutException;
import dev.tandem.ssh.SshTimeouts;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IosLabTest {

  private static final String SHOW = "show running-config";

  @Test
  void exec_knownCommands_giveTheirOutput() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(2, ZERO));
          try (var client = client(lab);
              var first = connect(client, lab, 0);
              var second = connect(client, lab, 1)) {
            String configuration = first.run(SHOW).check().stdout();
            List<String> lines = configuration.lines().toList();
            assertEquals("Building configuration...", lines.getFirst());
            assertTrue(lines.contains("hostname R1"), configuration);
            assertEquals("end", lines.getLast());
            assertTrue(configuration.length() > 2000, () -> "" + configuration.length());
            assertNotEquals(configuration, second.run(SHOW).check().stdout());
            assertEquals(configuration, first.run(SHOW).check().stdout());
            assertTrue(second.run("sh ver").stdout().contains("R2 uptime is"));
            assertTrue(first.run("show ip int brief").stdout().contains("GigabitEthernet0/23"));
            assertTrue(first.run("reload").stdout().contains("% Invalid input detected"));
            assertTrue(first.run("show").stdout().contains("% Incomplete command."));
          }
        });
  }

  @Test
  void login_keyOrPassword_onlyThoseOfTheLab() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair key = generator.generateKeyPair();
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, ZERO));
          int port = lab.addresses().getFirst().getPort();
          try (var client = client(lab)) {
            for (Credentials wrong : List.of(Credentials.key(key), Credentials.password("x"))) {
              assertThrows(
                  SshAuthenticationException.class,
                  () -> client.connect("127.0.0.1", port, lab.username(), wrong));
            }
            lab.acceptKey(key.getPublic());
            try (var router =
                client.connect("127.0.0.1", port, lab.username(), Credentials.key(key))) {
              assertTrue(router.run("show version").stdout().contains("Cisco IOS"));
            }
          }
        });
  }

  @Test
  void fault_ofEachKind_isWhatTheClientMeets() throws Exception {
    for (IosFault fault : IosFault.values()) {
      meet(fault);
    }
  }

  private static void meet(IosFault fault) throws Exception {
    TaskGroup.run(
        group -> {
          boolean hangs = fault.isHang();
          double broken = fault == IosFault.NONE || hangs ? 0 : 1;
          var settings = new LabSettings(15, ZERO, broken, hangs ? 1 : 0, 7);
          IosLab lab = IosLab.start(group, settings);
          int device =
              IntStream.range(0, 15).filter(i -> lab.fault(i) == fault).findFirst().orElseThrow();
          try (var client = client(lab, hastyWith(fault))) {
            switch (fault) {
              case NONE -> assertTrue(backup(client, lab, device).endsWith("end\r\n"));
              case LOGIN_REFUSED ->
                  assertThrows(SshAuthenticationException.class, () -> backup(client, lab, device));
              case KEY_EXCHANGE_CUT ->
                  assertThrows(SshHandshakeException.class, () -> backup(client, lab, device));
              case RESET ->
                  assertThrows(SshConnectionLostException.class, () -> backup(client, lab, device));
              case NOT_AUTHORIZED ->
                  assertEquals("% Authorization failed\r\n", backup(client, lab, device));
              case CHANNEL_REFUSED ->
                  assertThrows(CommandRefusedException.class, () -> backup(client, lab, device));
              case SILENT_ON_CONNECT ->
                  assertEquals(SshPhase.IDENTIFICATION, late(client, lab, device));
              case SILENT_ON_LOGIN ->
                  assertEquals(SshPhase.AUTHENTICATION, late(client, lab, device));
              case SILENT_ON_SHOW -> assertEquals(SshPhase.COMMAND, late(client, lab, device));
            }
          }
        });
  }

  @Test
  void fault_reset_isOneOnTheWire() throws Exception {
    var settings = new LabSettings(5, ZERO, 1, 0, 1);
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, settings);
          int device = IosFault.choose(settings).indexOf(IosFault.RESET);
          try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
              var client =
                  AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).build()) {
            Task<IOException> end =
                group.start("relay", () -> relay(relay, lab.addresses().get(device)));
            var password = Credentials.password(lab.password());
            try (var router =
                client.connect("127.0.0.1", relay.getLocalPort(), lab.username(), password)) {
              assertThrows(SshConnectionLostException.class, () -> router.run(SHOW));
            }
            assertTrue(end.await().toString().contains("reset"), () -> "" + end.outcome());
          }
        });
  }

  @Test
  void delay_manyDevicesAtOnce_isPaidOnceAndCounted() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(12, Duration.ofMillis(400)));
          var all = IntStream.range(0, 12).boxed().toList();
          try (var client = client(lab)) {
            var open = Collections.synchronizedList(new ArrayList<SshConnection>());
            Gather.over(all).run(i -> open.add(connect(client, lab, i)));
            Gather.over(open).run(router -> router.run(SHOW).check().stdout());
            assertTrue(lab.peakConcurrency() > 4, () -> "peak " + lab.peakConcurrency());
            assertEquals(0, lab.inProgress());
            lab.resetCounters();
            Gather.over(open).limit(4).run(router -> router.run("show version").stdout());
            assertTrue(lab.peakConcurrency() <= 4, () -> "peak " + lab.peakConcurrency());
            assertTrue(lab.peakConcurrency() > 1, () -> "peak " + lab.peakConcurrency());
          }
        });
  }

  @Test
  void groupEnds_withSessionsOpen_nothingIsLeft() throws Exception {
    var addresses = new ArrayList<InetSocketAddress>();
    try (var kept = new Socket()) {
      TaskGroup.run(
          group -> {
            IosLab lab = IosLab.start(group, LabSettings.of(3, ZERO));
            addresses.addAll(lab.addresses());
            kept.connect(addresses.getFirst());
            kept.setSoTimeout(20_000);
            assertEquals('S', read(kept));
          });
      int next = read(kept);
      while (next >= 0) {
        next = read(kept);
      }
    }
    for (InetSocketAddress address : addresses) {
      try (var late = new Socket()) {
        assertThrows(IOException.class, () -> late.connect(address));
      }
    }
    // They have done their last work, and are about to leave the list of threads.
    await().atMost(Duration.ofSeconds(20)).until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains(IosServer.THREADS))
        .toList();
  }

  @Test
  void groupEnds_atOnce_nothingIsLeft() throws Exception {
    for (int i = 0; i < 20; i++) {
      IosLab lab = start(LabSettings.of(1, ZERO));
      try (var late = new Socket()) {
        assertThrows(IOException.class, () -> late.connect(lab.addresses().getFirst()));
      }
    }
  }

  @Test
  void faults_shares_areExactAndFollowFromTheSeed() {
    var settings = new LabSettings(101, ZERO, 0.2, 0.1, 3);
    List<IosFault> faults = IosFault.choose(settings);
    assertEquals(faults, IosFault.choose(settings));
    assertNotEquals(faults, IosFault.choose(new LabSettings(101, ZERO, 0.2, 0.1, 4)));
    assertEquals(10, faults.stream().filter(IosFault::isHang).count());
    assertEquals(71, faults.stream().filter(f -> f == IosFault.NONE).count());
    assertEquals(9, new HashSet<>(faults).size());
  }

  @Test
  void toString_always_hidesThePasswords() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, ZERO));
          assertFalse(lab.toString().contains(lab.password()));
          assertFalse(lab.toString().contains(lab.enableSecret()));
          assertEquals(24, lab.password().length());
          assertEquals("R1", lab.hostname(0));
        });
  }

  /** A lab whose group has ended already. */
  private static IosLab start(LabSettings settings) throws Exception {
    return TaskGroup.run(
        group -> {
          return IosLab.start(group, settings);
        });
  }

  /** Carries bytes of one connection to and fro; gives what the server's side ended with. */
  private static IOException relay(ServerSocket listener, InetSocketAddress server)
      throws InterruptedException, IOException {
    try (Socket client = listener.accept();
        var device = new Socket()) {
      device.connect(server);
      return TaskGroup.run(
          pumps -> {
            pumps.startDaemon("to the device", () -> pump(client, device));
            return pump(device, client);
          });
    }
  }

  private static IOException pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      return new EOFException("an orderly end");
    } catch (IOException e) {
      return e;
    }
  }

  private static SshPhase late(AsyncSshClient client, IosLab lab, int device) {
    return assertThrows(SshTimeoutException.class, () -> backup(client, lab, device)).phase();
  }

  private static String backup(AsyncSshClient client, IosLab lab, int device)
      throws SshException, InterruptedException {
    try (SshConnection router = connect(client, lab, device)) {
      return router.run(SHOW).check().stdout();
    }
  }

  private static SshConnection connect(AsyncSshClient client, IosLab lab, int device)
      throws SshException, InterruptedException {
    int port = lab.addresses().get(device).getPort();
    return client.connect("127.0.0.1", port, lab.username(), Credentials.password(lab.password()));
  }

  /** Hasty only where the device hangs for good: an answer may take as long as it takes. */
  private static SshTimeouts hastyWith(IosFault fault) {
    Duration hasty = Duration.ofMillis(700);
    SshTimeouts patient = SshTimeouts.defaults();
    return switch (fault) {
      case SILENT_ON_CONNECT -> patient.withIdentification(hasty);
      case SILENT_ON_LOGIN -> patient.withAuthentication(hasty);
      case SILENT_ON_SHOW -> patient.withCommand(hasty);
      default -> patient;
    };
  }

  private static AsyncSshClient client(IosLab lab) {
    return client(lab, SshTimeouts.defaults());
  }

  private static AsyncSshClient client(IosLab lab, SshTimeouts timeouts) {
    return AsyncSshClient.builder()
        .hostKeys(HostKeys.knownHostsLines(lab.knownHosts()))
        .timeouts(timeouts)
        .build();
  }

  /** The next byte; the end, also when it is a reset. */
  private static int read(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }
}
