package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.junit.jupiter.api.Test;

/** Connecting: what succeeds, and how each failure is called. */
class AsyncSshClientTest {

  private static final Credentials SECRET = Credentials.password(TestServer.PASSWORD);

  @Test
  void connect_withPassword_runsCommands() throws Exception {
    try (var server = TestServer.echo();
        var client = trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      assertEquals("ran: show version\n", connection.run("show version").check().stdout());
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void connect_withKey_isAccepted() throws Exception {
    KeyPair mine = TestServer.newKey();
    try (var server = TestServer.echo();
        var client = trusting(server)) {
      server.server.setPublickeyAuthenticator(
          (user, key, session) -> KeyUtils.compareKeys(key, mine.getPublic()));
      try (var connection =
          client.connect(server.target(), TestServer.USER, Credentials.key(mine))) {
        assertEquals("ran: x\n", connection.run("x").stdout());
      }
    }
  }

  @Test
  void connect_serverAsksByKeyboardInteractiveOnly_passwordIsTheAnswer() throws Exception {
    try (var server = TestServer.echo();
        var client = trusting(server)) {
      server.server.setUserAuthFactories(
          List.of(
              org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory.INSTANCE));
      server.server.setKeyboardInteractiveAuthenticator(
          new DefaultKeyboardInteractiveAuthenticator());
      try (var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
        assertEquals("ran: x\n", connection.run("x").stdout());
      }
    }
  }

  @Test
  void connect_wrongPassword_namesMethodsAndNeverTheSecret() throws Exception {
    try (var server = TestServer.echo();
        var client = trusting(server)) {
      var e =
          assertThrows(
              SshAuthenticationException.class,
              () ->
                  client.connect(
                      server.target(), TestServer.USER, Credentials.password("hunter2-wrong")));
      assertTrue(e.tried().contains("password"), e.toString());
      assertTrue(e.serverMethods().contains("password"), e.toString());
      assertFalse(trace(e).contains("hunter2"), trace(e));
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_nobodyListens_isConnectException() throws Exception {
    // Who binds and does not listen refuses connections, and lets nobody else have the port.
    try (var refusing = new Socket();
        var client = AsyncSshClient.create()) {
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      var e =
          assertThrows(
              SshConnectException.class,
              () -> client.connect("127.0.0.1", refusing.getLocalPort(), "u", SECRET));
      assertTrue(e.getMessage().contains("refused"), e.getMessage());
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_unknownName_isConnectException() throws Exception {
    try (var client = AsyncSshClient.create()) {
      // Longer than a part of a name may be, so that no name server needs to be asked.
      String noName = "x".repeat(64) + ".invalid";
      assertThrows(SshConnectException.class, () -> client.connect(noName, "u", SECRET));
    }
  }

  @Test
  void connect_serverNeverSpeaks_timesOutInIdentification() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .timeouts(SshTimeouts.defaults().withIdentification(Duration.ofMillis(150)))
                .build()) {
      var e =
          assertThrows(
              SshTimeoutException.class,
              () -> client.connect("127.0.0.1", silent.getLocalPort(), "u", SECRET));
      assertEquals(SshPhase.IDENTIFICATION, e.phase());
      assertEquals(Duration.ofMillis(150), e.limit());
      try (Socket accepted = silent.accept()) {
        assertEquals(-1, drained(accepted));
      }
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_serverNeverSpeaks_holdsNoTurn() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var server = TestServer.echo();
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .handshakes(1)
                .timeouts(SshTimeouts.defaults().withIdentification(Duration.ofMinutes(5)))
                .build()) {
      TaskGroup.run(
          group -> {
            var hanging =
                group.start(
                    "hanging",
                    () -> client.connect("127.0.0.1", silent.getLocalPort(), "u", SECRET));
            try (Socket accepted = silent.accept()) {
              // With its only turn held by the silent server this could not connect.
              client.connect(server.target(), TestServer.USER, SECRET).close();
              assertTrue(hanging.outcome().isEmpty());
              hanging.cancel("enough");
              assertEquals(-1, drained(accepted));
            }
          });
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_serverHangsUpAtOnce_isHandshakeException() throws Exception {
    try (var rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var client = AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).build()) {
      TaskGroup.run(
          group -> {
            group.start("rude", () -> rude.accept().close());
            assertThrows(
                SshHandshakeException.class,
                () -> client.connect("127.0.0.1", rude.getLocalPort(), "u", SECRET));
          });
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_cutDuringKeyExchange_isHandshakeException() throws Exception {
    try (var server = TestServer.echo();
        var client = trusting(server)) {
      server.server.addSessionListener(
          new SessionListener() {
            @Override
            public void sessionNegotiationEnd(
                Session session,
                Map<KexProposalOption, String> client,
                Map<KexProposalOption, String> offered,
                Map<KexProposalOption, String> agreed,
                Throwable reason) {
              session.close(true);
            }
          });
      assertThrows(
          SshHandshakeException.class,
          () -> client.connect(server.target(), TestServer.USER, SECRET));
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_keyExchangeHangs_timesOutInKeyExchange() throws Exception {
    try (var mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .timeouts(SshTimeouts.defaults().withKeyExchange(Duration.ofMillis(150)))
                .build()) {
      TaskGroup.run(
          group -> {
            group.start(
                "mute",
                () -> {
                  try (Socket socket = mute.accept()) {
                    socket.getOutputStream().write("SSH-2.0-mute\r\n".getBytes(UTF_8));
                    drained(socket);
                  }
                });
            var e =
                assertThrows(
                    SshTimeoutException.class,
                    () -> client.connect("127.0.0.1", mute.getLocalPort(), "u", SECRET));
            assertEquals(SshPhase.KEY_EXCHANGE, e.phase());
            assertEquals(Duration.ofMillis(150), e.limit());
          });
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_loginHangs_timesOutInAuthentication() throws Exception {
    var release = new CountDownLatch(1);
    try (var server = TestServer.echo();
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .timeouts(SshTimeouts.defaults().withAuthentication(Duration.ofMillis(200)))
                .build()) {
      server.server.setPasswordAuthenticator(
          (user, password, session) -> {
            awaitUninterruptibly(release);
            return true;
          });
      try {
        var e =
            assertThrows(
                SshTimeoutException.class,
                () -> client.connect(server.target(), TestServer.USER, SECRET));
        assertEquals(SshPhase.AUTHENTICATION, e.phase());
        assertNothingLeft(client);
      } finally {
        release.countDown();
      }
    }
  }

  @Test
  void connect_noCommonAlgorithm_printsBothLists() throws Exception {
    try (var server = new TestServer((command, out, err) -> 0)) {
      server.server.setCipherFactories(List.of(BuiltinCiphers.aes128cbc));
      server.start();
      try (var client = trusting(server)) {
        var e =
            assertThrows(
                SshHandshakeException.class,
                () -> client.connect(server.target(), TestServer.USER, SECRET));
        assertEquals(List.of("aes128-cbc"), e.serverAlgorithms(), () -> trace(e));
        assertTrue(e.clientAlgorithms().contains("aes128-gcm@openssh.com"));
        assertTrue(e.getMessage().contains("aes128-cbc"), e.getMessage());
        assertTrue(e.getMessage().contains("aes128-ctr"), e.getMessage());
      }
    }
  }

  @Test
  void connect_serverIsGoneBeforeItsTurn_stillPrintsBothLists() throws Exception {
    try (var server = new TestServer((command, out, err) -> 0);
        var client =
            AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).handshakes(1).build()) {
      server.server.setCipherFactories(List.of(BuiltinCiphers.aes128cbc));
      server.start();
      TaskGroup.run(
          group -> {
            var turn = client.handshakes().acquire();
            var connecting =
                group.start(
                    () ->
                        assertThrows(
                            SshHandshakeException.class,
                            () -> client.connect(server.target(), TestServer.USER, SECRET)));
            TestServer.until(() -> client.handshakes().statistics().waiting() == 1);
            TestServer.until(() -> client.engine().openSockets() == 0);
            turn.close();
            SshHandshakeException e = connecting.await();
            assertEquals(List.of("aes128-cbc"), e.serverAlgorithms(), () -> trace(e));
          });
    }
  }

  @Test
  void connect_fiftyAtOnceWithOneTurn_allArrive() throws Exception {
    try (var server = TestServer.echo();
        var client =
            AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).handshakes(1).build()) {
      List<String> outputs =
          Tandem.gather(
              IntStream.range(0, 50).boxed().toList(),
              n -> {
                try (var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
                  return connection.run("n" + n).check().stdout();
                }
              });
      assertEquals("ran: n49\n", outputs.getLast());
      assertNothingLeft(client);
    }
  }

  @Test
  void close_clientWithOpenConnections_closesThem() throws Exception {
    try (var server = TestServer.echo()) {
      AsyncSshClient client = trusting(server);
      SshConnection connection = client.connect(server.target(), TestServer.USER, SECRET);
      client.close();
      client.close();
      assertFalse(connection.isOpen());
      assertThrows(
          IllegalStateException.class,
          () -> client.connect(server.target(), TestServer.USER, SECRET));
    }
  }

  @Test
  void close_lastClient_stopsTheEngine() {
    int before = Engine.users();
    var one = AsyncSshClient.create();
    var two = AsyncSshClient.create();
    assertSame(one.engine(), two.engine());
    one.close();
    two.close();
    assertEquals(before, Engine.users());
    try (var three = AsyncSshClient.create()) {
      assertNotSame(one.engine(), three.engine());
    }
  }

  static AsyncSshClient trusting(TestServer server) {
    return AsyncSshClient.builder()
        .hostKeys(HostKeys.knownHostsLines(server.knownHostsLine()))
        .build();
  }

  static void assertNothingLeft(AsyncSshClient client) {
    TestServer.until(() -> client.engine().openSockets() == 0);
    var now = client.handshakes().statistics();
    assertEquals(now.permits(), now.available());
    assertEquals(0, now.waiting());
  }

  private static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads until the other side hangs up. */
  private static int drained(Socket socket) {
    try {
      socket.getInputStream().skip(Long.MAX_VALUE);
      return socket.getInputStream().read();
    } catch (IOException reset) {
      return -1;
    }
  }
}
