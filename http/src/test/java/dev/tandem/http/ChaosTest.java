package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.Outcome;
import dev.tandem.Tandem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * After any interleaving of cancellations and faults, open sockets and places held are none:
 * counted at both ends.
 */
class ChaosTest {

  private static final int REQUESTS = 6_000;
  private static final int LIMIT = 24;

  @Test
  void deadlines_atRandomMoments_leaveNothingBehind() throws Exception {
    try (var one = unreliable(1);
        var two = unreliable(2)) {
      var client = client();
      List<Outcome<Integer, Response>> outcomes =
          Gather.over(IntStream.range(0, REQUESTS).boxed().toList())
              .limit(100)
              .outcomes(
                  number -> {
                    var random = new SplittableRandom(number);
                    String url = (random.nextBoolean() ? one : two).url();
                    // From 20 microseconds to 160 milliseconds, each doubling as likely.
                    long nanos = 20_000L << random.nextInt(13);
                    Duration time = Duration.ofNanos(nanos + random.nextLong(nanos));
                    return Tandem.<Response, IOException>timeout(time, () -> client.get(url));
                  });
      long succeeded = outcomes.stream().filter(o -> o instanceof Outcome.Success).count();
      assertTrue(succeeded > 0 && succeeded < REQUESTS, () -> "succeeded: " + succeeded);
      nothingLeft(client, one, two);
    }
  }

  @Test
  void interrupts_atRandomMoments_leaveNothingBehind() throws Exception {
    try (var one = unreliable(3);
        var two = unreliable(4)) {
      var client = client();
      var random = new Random(5);
      for (int round = 0; round < 15; round++) {
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 100; i++) {
          String url = (i % 2 == 0 ? one : two).url();
          callers.add(Thread.startVirtualThread(() -> call(client, url)));
        }
        Collections.shuffle(callers, random);
        for (Thread caller : callers) {
          caller.interrupt();
          Thread.yield();
        }
        // Each goes on for ever unless it learns of its one interrupt.
        for (Thread caller : callers) {
          assertTrue(caller.join(Duration.ofSeconds(30)));
        }
      }
      nothingLeft(client, one, two);
    }
  }

  private static void call(AsyncHttpClient client, String url) {
    try {
      while (!Thread.interrupted()) {
        try {
          client.get(url);
        } catch (HttpException fault) {
          // The server's faults are not the point here.
        }
      }
    } catch (InterruptedException stopped) {
      // That is how each of these ends.
    }
  }

  private static AsyncHttpClient client() {
    return AsyncHttpClient.builder()
        .maxConnections(LIMIT)
        .maxConnectionsPerHost(16)
        .readTimeout(Duration.ofMillis(20))
        .build();
  }

  private static void nothingLeft(AsyncHttpClient client, FaultServer... servers)
      throws InterruptedException {
    ClientStatistics rest = client.statistics();
    assertEquals(new ClientStatistics(rest.idle(), rest.idle(), 0, 0), rest);
    assertTrue(rest.open() <= LIMIT, rest::toString);
    // Fewer when a server has closed a connection that the client keeps and has not asked again.
    FaultServer.until(() -> open(servers) <= rest.open());
    client.close();
    assertEquals(new ClientStatistics(0, 0, 0, 0), client.statistics());
    FaultServer.until(() -> open(servers) == 0);
  }

  private static int open(FaultServer... servers) {
    int open = 0;
    for (FaultServer server : servers) {
      open += server.open();
    }
    return open;
  }

  private static FaultServer unreliable(long seed) throws IOException {
    return new FaultServer(
        peer -> {
          var random = new SplittableRandom(seed * 1_000_003 + peer.number);
          String whole = AsyncHttpClientTest.ok("x".repeat(200));
          while (peer.request() != null) {
            switch (random.nextInt(12)) {
              case 0 -> {
                peer.reset();
                return;
              }
              case 1 -> {
                peer.send(whole.substring(0, random.nextInt(whole.length())));
                return;
              }
              case 2 -> {
                peer.untilClosed();
                return;
              }
              case 3 -> {
                peer.send(whole.substring(0, 60));
                peer.untilClosed();
                return;
              }
              case 4 -> {
                peer.send("garbage\r\n\r\n");
                return;
              }
              case 5 -> {
                peer.send(whole);
                return;
              }
              default -> peer.send(whole);
            }
          }
        });
  }
}
