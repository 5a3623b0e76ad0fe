package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.server.command.CommandFactory;
import org.junit.jupiter.api.Test;

/** Running commands over one connection. */
class SshConnectionTest {

  private static final Credentials SECRET = Credentials.password(TestServer.PASSWORD);

  @Test
  void run_commandWritesBothStreams_keepsThemApartWithTheStatus() throws Exception {
    within(
        (command, out, err) -> {
          out.write("out".getBytes(UTF_8));
          err.write("err é".getBytes(UTF_8));
          return 3;
        },
        connection -> {
          CommandResult result = connection.run("x");
          assertEquals("out", result.stdout());
          assertEquals("err é", result.stderr());
          assertEquals(OptionalInt.of(3), result.exitStatus());
          assertFalse(result.isSuccess());
          var e = assertThrows(CommandFailedException.class, result::check);
          assertSame(result, e.result());
          assertTrue(e.toString().contains("status 3: err é"), e.toString());
        });
  }

  @Test
  void run_manyAtOnce_doNotMix() throws Exception {
    within(
        SshConnectionTest::repeat,
        connection -> {
          List<String> outputs =
              Tandem.gather(List.of("a", "b", "c", "d"), name -> connection.run(name).stdout());
          assertEquals(List.of("a", "b", "c", "d").stream().map(n -> n.repeat(200_000)).toList(), outputs);
        });
  }

  @Test
  void run_outputLargerThanTheWindow_arrivesWhole() throws Exception {
    byte[] block = "0123456789abcdef".repeat(65_536).getBytes(UTF_8);
    within(
        (command, out, err) -> {
          for (int i = 0; i < 5; i++) {
            out.write(block);
          }
          return 0;
        },
        connection -> assertEquals(5 * block.length, connection.run("x").stdout().length()));
  }

  @Test
  void run_outputOverTheLimit_isTypedAndTheConnectionGoesOn() throws Exception {
    try (var server = new TestServer(SshConnectionTest::repeat).start();
        var client =
            AsyncSshClient.builder()
                .hostKeys(HostKeys.insecureAcceptAll())
                .outputLimit(1_000)
                .build();
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      var e = assertThrows(OutputTooLargeException.class, () -> connection.run("y"));
      assertEquals(1_000, e.limit());
      assertThrows(OutputTooLargeException.class, () -> connection.run("z"));
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void run_noExitStatus_isEmptyAndNoFailure() throws Exception {
    within(
        (command, out, err) -> {
          out.write("text".getBytes(UTF_8));
          return null;
        },
        connection -> {
          CommandResult result = connection.run("x").check();
          assertEquals("text", result.stdout());
          assertEquals(OptionalInt.empty(), result.exitStatus());
        });
  }

  @Test
  void run_serverRefusesExec_isTypedAndTheConnectionGoesOn() throws Exception {
    try (var server = TestServer.echo();
        var client = AsyncSshClientTest.trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      CommandFactory working = server.server.getCommandFactory();
      server.server.setCommandFactory(null);
      var e = assertThrows(CommandRefusedException.class, () -> connection.run("reload"));
      assertEquals("reload", e.command());
      server.server.setCommandFactory(working);
      assertEquals("ran: x\n", connection.run("x").stdout());
    }
  }

  @Test
  void run_connectionCutMeanwhile_isConnectionLost() throws Exception {
    try (var server = new TestServer(SshConnectionTest::hang).start();
        var client = AsyncSshClientTest.trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      TaskGroup.run(
          group -> {
            var waiting =
                group.start(
                    "waiting",
                    () ->
                        assertThrows(
                            SshConnectionLostException.class, () -> connection.run("hang")));
            await().until(() -> server.running.get() == 1);
            server.server.getActiveSessions().forEach(session -> session.close(true));
            waiting.await();
          });
      assertFalse(connection.isOpen());
      assertThrows(SshConnectionLostException.class, () -> connection.run("again"));
    }
  }

  @Test
  void run_longerThanItsLimit_timesOutStopsTheCommandAndGoesOn() throws Exception {
    within(
        SshConnectionTest::hang,
        connection -> {
          var e =
              assertThrows(
                  SshTimeoutException.class,
                  () -> connection.run("hang", Duration.ofMillis(150)));
          assertEquals(SshPhase.COMMAND, e.phase());
          assertTrue(connection.isOpen());
        });
  }

  @Test
  void run_cancelled_endsTheCommandOnTheServer() throws Exception {
    try (var server = new TestServer(SshConnectionTest::hang).start();
        var client = AsyncSshClientTest.trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      assertTrue(
          Tandem.moveOnAfter(Duration.ofMillis(200), () -> connection.run("hang")).isEmpty());
      await().until(() -> server.running.get() == 0);
      assertTrue(connection.isOpen());
    }
  }

  @Test
  void close_commandStillRuns_endsItAsLost() throws Exception {
    try (var server = new TestServer(SshConnectionTest::hang).start();
        var client = AsyncSshClientTest.trusting(server)) {
      SshConnection connection = client.connect(server.target(), TestServer.USER, SECRET);
      TaskGroup.run(
          group -> {
            var waiting =
                group.start(
                    "waiting",
                    () ->
                        assertThrows(
                            SshConnectionLostException.class, () -> connection.run("hang")));
            await().until(() -> server.running.get() == 1);
            connection.close();
            connection.close();
            waiting.await();
          });
      AsyncSshClientTest.assertNothingLeft(client);
    }
  }

  private interface Check {
    void with(SshConnection connection) throws Exception;
  }

  private static void within(TestServer.Script script, Check check) throws Exception {
    try (var server = new TestServer(script).start();
        var client = AsyncSshClientTest.trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
      check.with(connection);
    }
  }

  private static Integer repeat(String command, OutputStream out, OutputStream err)
      throws IOException {
    for (int i = 0; i < 200; i++) {
      out.write(command.repeat(1_000).getBytes(UTF_8));
    }
    return 0;
  }

  static Integer hang(String command, OutputStream out, OutputStream err)
      throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }
}
