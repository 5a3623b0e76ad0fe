package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is cancelled, and whenever: nothing is left. */
class CancellationTest {

  private static final Credentials SECRET = Credentials.password(TestServer.PASSWORD);
  private static final int ROUNDS = 300;

  @Test
  void anyPhase_cancelledAtRandom_leavesNoSocketSessionOrPermit() throws Exception {
    try (var server = new TestServer(CancellationTest::sometimesSlow).start();
        var silent = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        var client =
            AsyncSshClient.builder().hostKeys(HostKeys.insecureAcceptAll()).handshakes(3).build()) {
      var ended = new AtomicInteger();
      var completed = new AtomicInteger();
      Gather.over(IntStream.range(0, ROUNDS).boxed().toList())
          .limit(12)
          .outcomes(
              n -> {
                var random = new Random(n);
                // From 0.1 ms to 1 s, as often short as long: every phase gets its share. A few
                // have all the time they need, and a few will never have enough.
                var patience =
                    n % 20 == 0
                        ? Duration.ofMinutes(1)
                        : Duration.ofNanos((long) Math.pow(10, 5 + 4 * random.nextDouble()));
                SshTarget target =
                    n % 8 == 1 ? SshTarget.of("127.0.0.1", silent.getLocalPort()) : server.target();
                boolean byGroup = random.nextBoolean();
                boolean done =
                    byGroup ? grouped(client, target, patience) : timed(client, target, patience);
                ended.incrementAndGet();
                if (done) {
                  completed.incrementAndGet();
                }
                return n;
              });
      assertEquals(ROUNDS, ended.get());
      assertTrue(completed.get() >= ROUNDS / 20, "only " + completed + " completed");
      assertTrue(completed.get() <= ROUNDS * 7 / 8, "only the rest of " + completed + " was cut");
      AsyncSshClientTest.assertNothingLeft(client);
      TestServer.until(() -> server.sessions() == 0);
      TestServer.until(() -> server.running.get() == 0);
      // And it still works.
      try (var connection = client.connect(server.target(), TestServer.USER, SECRET)) {
        assertTrue(connection.run("quick").isSuccess());
      }
    }
  }

  @Test
  void close_whileCancelled_releasesAtOnceAndKeepsTheInterrupt() throws Exception {
    try (var server = TestServer.echo();
        var client = AsyncSshClientTest.trusting(server)) {
      SshConnection connection = client.connect(server.target(), TestServer.USER, SECRET);
      Thread.currentThread().interrupt();
      connection.close();
      assertTrue(Thread.interrupted());
      AsyncSshClientTest.assertNothingLeft(client);
    }
  }

  private static boolean timed(AsyncSshClient client, SshTarget target, Duration patience)
      throws Exception {
    return Tandem.moveOnAfter(patience, () -> once(client, target)).isPresent();
  }

  private static boolean grouped(AsyncSshClient client, SshTarget target, Duration patience)
      throws Exception {
    var done = new AtomicInteger();
    TaskGroup.run(
        group -> {
          var work =
              group.start(
                  "work",
                  () -> {
                    once(client, target);
                    done.incrementAndGet();
                  });
          work.await(patience);
          group.cancel("enough");
        });
    return done.get() > 0;
  }

  private static String once(AsyncSshClient client, SshTarget target)
      throws SshException, InterruptedException {
    try (var connection = client.connect(target, TestServer.USER, SECRET)) {
      return connection.run("x").stdout() + connection.run("y").stdout();
    }
  }

  private static Integer sometimesSlow(String command, OutputStream out, OutputStream err)
      throws Exception {
    out.write(command.getBytes(UTF_8));
    if (ThreadLocalRandom.current().nextInt(4) == 0) {
      Thread.sleep(20);
    }
    return 0;
  }
}
