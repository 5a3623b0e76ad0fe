package dev.tandem.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.Tandem;
import dev.tandem.http.HttpTimeoutException.Phase;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs time and no sockets: another transport behind the same seam, on a virtual clock. */
class InMemoryTransportTest {

  /** Answers each request with an empty 200, and writes down what is done to it. */
  private static final class Fake implements Connection {
    private final List<String> log;

    Fake(List<String> log) {
      this.log = log;
    }

    @Override
    public Head exchange(Outgoing request) {
      log.add("exchange");
      return new Head(200, "OK", Headers.empty(), 0);
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return -1;
    }

    @Override
    public boolean isAnswered() {
      return true;
    }

    @Override
    public boolean isReusable() {
      return true;
    }

    @Override
    public boolean isOpen(boolean thoroughly) {
      log.add(thoroughly ? "look thoroughly" : "look");
      return true;
    }

    @Override
    public void abort() {
      log.add("abort");
    }
  }

  private final List<String> log = new ArrayList<>();

  @Test
  void connect_tooSlow_timesOutAtTheMoment() throws Exception {
    VirtualTime.run(
        group -> {
          try (var client = client(AsyncHttpClient.builder(), ofSeconds(60))) {
            var late = assertThrows(HttpTimeoutException.class, () -> client.get("http://a"));
            assertEquals(Phase.CONNECT, late.phase());
            assertEquals(ofSeconds(10), VirtualTime.elapsed());
            assertEquals(0, client.statistics().open());
          }
        });
  }

  @Test
  void total_tooSlow_comesBeforeConnect() throws Exception {
    VirtualTime.run(
        group -> {
          var builder = AsyncHttpClient.builder().totalTimeout(ofSeconds(3));
          try (var client = client(builder, ofSeconds(60))) {
            var late = assertThrows(HttpTimeoutException.class, () -> client.get("http://a"));
            assertEquals(Phase.TOTAL, late.phase());
            assertEquals(ofSeconds(3), VirtualTime.elapsed());
            Request hasty = Request.get("http://a").timeout(ofMillis(5));
            assertThrows(HttpTimeoutException.class, () -> client.request(hasty));
            assertEquals(ofMillis(3005), VirtualTime.elapsed());
            assertEquals(new ClientStatistics(0, 0, 0, 0), client.statistics());
          }
        });
  }

  @Test
  void kept_idleForAWhile_isLookedAtThoroughly() throws Exception {
    VirtualTime.run(
        group -> {
          try (var client = client(AsyncHttpClient.builder(), ofMillis(1))) {
            client.get("http://a");
            client.get("http://a");
            Tandem.sleep(ofSeconds(2));
            client.get("http://a");
            assertEquals(
                List.of("connect", "exchange", "look", "exchange", "look thoroughly", "exchange"),
                log);
          }
        });
  }

  @Test
  void kept_beyondItsTime_isClosedWhateverItsHost() throws Exception {
    VirtualTime.run(
        group -> {
          try (var client = client(AsyncHttpClient.builder(), ofMillis(1))) {
            client.get("http://a");
            client.get("http://b");
            assertEquals(2, client.hostCount());
            Tandem.sleep(ofSeconds(6));
            client.get("http://a");
            assertEquals(new ClientStatistics(1, 1, 0, 0), client.statistics());
            assertEquals(1, client.hostCount());
            assertEquals(2, log.stream().filter("abort"::equals).count());
          }
        });
  }

  @Test
  void pool_noPlace_timesOutAtTheMoment() throws Exception {
    VirtualTime.run(
        group -> {
          var builder = AsyncHttpClient.builder().maxConnections(1).poolTimeout(ofSeconds(2));
          try (var client = client(builder, ofSeconds(9))) {
            group.startDaemon("holder", () -> client.get("http://a"));
            Tandem.sleep(ofSeconds(1));
            var late = assertThrows(HttpTimeoutException.class, () -> client.get("http://b"));
            assertEquals(Phase.POOL, late.phase());
            assertEquals(ofSeconds(3), VirtualTime.elapsed());
            assertEquals(new ClientStatistics(1, 0, 1, 0), client.statistics());
          }
        });
  }

  private AsyncHttpClient client(AsyncHttpClientBuilder builder, Duration connecting) {
    return new AsyncHttpClient(
        builder.settings(),
        origin -> {
          log.add("connect");
          Tandem.sleep(connecting);
          return new Fake(log);
        });
  }
}
