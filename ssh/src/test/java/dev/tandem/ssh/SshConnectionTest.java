package dev.tandem.ssh;

import static dev.tandem.ssh.AsyncSshClientTest.assertNothingLeft;
import static dev.tandem.ssh.AsyncSshClientTest.trusting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.command.CommandFactory;
import org.junit.jupiter.api.Test;

/** Commands: how each can end, and that nothing remains of one that was cancelled. */
class SshConnectionTest {

  private static final Credentials SECRET = Credentials.password(TestServer.PASSWORD);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private static Integer perform(String command, OutputStream out, OutputStream err)
      throws Exception {
    switch (command) {
      case "hang" -> NEVER.await();
      case "big" -> out.write(new byte[200_000]);
      case "errors" -> err.write("no such thing\n".getBytes(UTF_8));
      case "no status" -> {
        out.write("all of it".getBytes(UTF_8));
        return null;
      }
      default -> out.write(command.getBytes(UTF_8));
    }
    return command.equals("errors") ? 3 : 0;
  }

  private static TestServer server() throws Exception {
    return new TestServer(SshConnectionTest::perform).start();
  }

  private static SshConnection connect(AsyncSshClient client, TestServer server) throws Exception {
    return client.connect(server.target(), TestServer.USER, SECRET);
  }

  @Test
  void run_exitStatusOtherThanZero_isInTheResultAndFailsTheCheck() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      CommandResult result = connection.run("errors");
      assertEquals(OptionalInt.of(3), result.exitStatus());
      assertEquals("no such thing\n", result.stderr());
      assertEquals("", result.stdout());
      var e = assertThrows(CommandFailedException.class, result::check);
      assertTrue(e.getMessage().contains("status 3: no such thing"), e.getMessage());
    }
  }

  @Test
  void run_serverSendsNoStatus_outputIsComplete() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      CommandResult result = connection.run("no status");
      assertEquals("all of it", result.stdout());
      assertEquals(OptionalInt.empty(), result.exitStatus());
      assertEquals(Optional.empty(), result.exitSignal());
    }
  }

  @Test
  void run_serverRefusesTheCommand_connectionGoesOn() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      CommandFactory working = server.server.getCommandFactory();
      server.server.setCommandFactory(null);
      var e = assertThrows(CommandRefusedException.class, () -> connection.run("x"));
      assertEquals("x", e.command());
      server.server.setCommandFactory(working);
      assertEquals("y", connection.run("y").stdout());
    }
  }

  @Test
  void run_moreOutputThanTheLimit_isTypedAndConnectionGoesOn() throws Exception {
    try (var server = server();
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .outputLimit(100_000)
                .build();
        var connection = connect(client, server)) {
      var e = assertThrows(OutputTooLargeException.class, () -> connection.run("big"));
      assertEquals(100_000, e.limit());
      assertEquals("y", connection.run("y").stdout());
    }
  }

  @Test
  void run_manyAtOnceOnOneConnection_eachGetsItsOwnOutput() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      List<String> commands = IntStream.range(0, 8).mapToObj(n -> "c" + n).toList();
      assertEquals(commands, Tandem.gather(commands, c -> connection.run(c).stdout()));
    }
  }

  @Test
  void run_takesLongerThanItsLimit_isStoppedAndConnectionGoesOn() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      var e =
          assertThrows(
              SshTimeoutException.class, () -> connection.run("hang", Duration.ofMillis(100)));
      assertEquals(SshPhase.COMMAND, e.phase());
      TestServer.until(() -> server.running.get() == 0);
      assertEquals("y", connection.run("y").stdout());
    }
  }

  @Test
  void run_connectionIsClosedByTheServer_isConnectionLost() throws Exception {
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      TaskGroup.run(
          group -> {
            var hanging =
                group.start(
                    () ->
                        assertThrows(
                            SshConnectionLostException.class, () -> connection.run("hang")));
            TestServer.until(() -> server.running.get() == 1);
            server.server.getActiveSessions().forEach(session -> session.close(true));
            hanging.await();
          });
      assertFalse(connection.isOpen());
      assertThrows(SshConnectionLostException.class, () -> connection.run("x"));
    }
  }

  @Test
  void connect_serverAnswersNoKeepAlive_connectionIsLost() throws Exception {
    try (var server = server();
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .keepAlive(Duration.ofMillis(300))
                .build()) {
      var asked = new AtomicInteger();
      RequestHandler<ConnectionService> mute =
          (ConnectionService service, String request, boolean reply, Buffer buffer) -> {
            asked.incrementAndGet();
            return RequestHandler.Result.Replied;
          };
      server.server.setGlobalRequestHandlers(List.of(mute));
      try (var connection = connect(client, server)) {
        assertThrows(SshConnectionLostException.class, () -> connection.run("hang"));
        // The last may have been sent and not been read when the client had enough.
        int seen = asked.get();
        assertTrue(seen > 0 && seen <= Defaults.KEEP_ALIVE_MISSES, () -> "asked " + seen);
      }
    }
  }

  @Test
  void connect_handshakeOfTcpHangs_isCancelledWithItsSocket() throws Exception {
    var fillers = new ArrayList<SocketChannel>();
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = AsyncSshClient.create()) {
      // Linux answers no further handshakes when the queue of a listener is full.
      for (int i = 0; i < 4; i++) {
        SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(full.getLocalSocketAddress());
        fillers.add(filler);
      }
      assertThrows(
          DeadlineExceededException.class,
          () ->
              Tandem.timeout(
                  Duration.ofMillis(200),
                  () -> client.connect("127.0.0.1", full.getLocalPort(), "u", SECRET)));
      assertNothingLeft(client);
    } finally {
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void connectAndRun_cancelledAtAnyMoment_leaveNothingBehind() throws Exception {
    var random = new Random(7);
    try (var server = server();
        var client =
            AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).handshakes(2).build()) {
      var ended = new AtomicInteger();
      var cut = new AtomicInteger();
      for (int round = 0; round < 30; round++) {
        List<Integer> micros = random.ints(9, 100, 40_000).boxed().toList();
        TaskGroup.run(
            group -> {
              var stopped =
                  group.start(
                      "group",
                      () -> {
                        try (var connection = connect(client, server)) {
                          connection.run("hang");
                        }
                      });
              Tandem.gather(
                  micros,
                  time -> {
                    try {
                      Tandem.timeout(
                          Duration.ofNanos(time * 1000L),
                          () -> {
                            try (var connection = connect(client, server)) {
                              connection.run(time % 2 == 0 ? "hang" : "x");
                            }
                          });
                      ended.incrementAndGet();
                    } catch (DeadlineExceededException e) {
                      cut.incrementAndGet();
                    }
                    return time;
                  });
              stopped.cancel("enough");
            });
      }
      assertEquals(270, ended.get() + cut.get());
      assertTrue(cut.get() > 100, "only " + cut + " were cut off");
      assertNothingLeft(client);
      TestServer.until(() -> server.sessions() == 0);
      TestServer.until(() -> server.running.get() == 0);
      try (var connection = connect(client, server)) {
        assertEquals("still here", connection.run("still here").stdout());
      }
    }
  }

  @Test
  void close_lastClient_leavesNoThread() throws Exception {
    try (var server = server()) {
      try (var client = trusting(server);
          var connection = connect(client, server)) {
        assertEquals("x", connection.run("x").stdout());
        assertTrue(ourThreads() > 0);
      }
      TestServer.until(() -> ourThreads() == 0);
    }
  }

  private static long ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("tandem-ssh") && thread.isAlive())
        .count();
  }

  @Test
  void arguments_outOfRange_areRefusedAtTheDoor() throws Exception {
    var builder = AsyncSshClient.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.handshakes(0));
    assertThrows(IllegalArgumentException.class, () -> builder.outputLimit(0));
    assertThrows(IllegalArgumentException.class, () -> builder.keepAlive(Duration.ofNanos(1)));
    assertThrows(IllegalArgumentException.class, () -> builder.keepAlive(Duration.ofNanos(-1)));
    assertThrows(NullPointerException.class, () -> builder.hostKeys(null));
    assertThrows(NullPointerException.class, () -> builder.timeouts(null));
    assertThrows(IllegalArgumentException.class, () -> SshTarget.of("", 22));
    assertThrows(IllegalArgumentException.class, () -> SshTarget.of("a b", 22));
    assertThrows(IllegalArgumentException.class, () -> SshTarget.of("a", 0));
    assertThrows(IllegalArgumentException.class, () -> SshTarget.of("a", 65_536));
    assertThrows(IllegalArgumentException.class, () -> HostKeys.pinned("MD5:00"));
    assertThrows(IllegalArgumentException.class, () -> Credentials.password(""));
    assertThrows(
        IllegalArgumentException.class, () -> SshTimeouts.defaults().withConnect(Duration.ZERO));
    try (var server = server();
        var client = trusting(server);
        var connection = connect(client, server)) {
      assertThrows(IllegalArgumentException.class, () -> connection.run(""));
      assertThrows(IllegalArgumentException.class, () -> connection.run("x", Duration.ZERO));
      assertThrows(
          IllegalArgumentException.class, () -> client.connect(server.target(), "", SECRET));
    }
  }
}
