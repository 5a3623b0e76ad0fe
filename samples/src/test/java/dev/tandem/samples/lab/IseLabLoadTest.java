package dev.tandem.samples.lab;

import static dev.tandem.samples.lab.IseVisitor.INFO;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.Outcome;
import dev.tandem.TaskGroup;
import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.ConnectionLostException;
import dev.tandem.http.HttpException;
import dev.tandem.http.HttpTimeoutException;
import dev.tandem.http.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How nodes fail, and how many of them bear many requests at once. */
class IseLabLoadTest {

  @Test
  void faults_each_isARealOneOnTheSocket() throws Exception {
    TaskGroup.run(
        group -> {
          IseLab lab = IseLab.start(group, new LabSettings(20, ZERO, 0.5, 0.3, 7));
          var seen = new HashSet<IseFault>();
          Duration hasty = Duration.ofMillis(700);
          // Hasty only where the node hangs for good: an answer may take as long as it takes.
          try (var patient = IseVisitor.builder(lab).build();
              var hastyConnecting = IseVisitor.builder(lab).connectTimeout(hasty).build();
              var hastyReading = IseVisitor.builder(lab).readTimeout(hasty).build()) {
            Gather.over(IntStream.range(0, 20).boxed().toList())
                .run(
                    node -> {
                      IseFault fault = lab.fault(node);
                      AsyncHttpClient client =
                          switch (fault) {
                            case SILENT_BEFORE_TLS -> hastyConnecting;
                            case SILENT_AFTER_REQUEST, STALLED_IN_BODY -> hastyReading;
                            default -> patient;
                          };
                      check(fault, client, lab.baseUrl(node) + INFO);
                      return node;
                    });
            IntStream.range(0, 20).forEach(node -> seen.add(lab.fault(node)));
            assertEquals(List.of(IseFault.values()).size(), seen.size());
            assertEquals(4, IntStream.range(0, 20).filter(lab::isSound).count());
            assertEquals(6, IntStream.range(0, 20).filter(lab::isHanging).count());
          }
        });
  }

  private static void check(IseFault fault, AsyncHttpClient client, String url)
      throws HttpException, InterruptedException {
    switch (fault) {
      case NONE -> assertEquals(200, client.get(url).status());
      case UNAVAILABLE -> assertEquals(503, client.get(url).status());
      case UNAUTHORIZED -> assertEquals(401, client.get(url).status());
      case INTERNAL_ERROR -> {
        Response broken = client.get(url);
        assertEquals(500, broken.status());
        assertTrue(broken.json().has("ERSResponse"));
      }
      case RESET, TRUNCATED -> {
        var lost = assertThrows(ConnectionLostException.class, () -> client.get(url));
        assertTrue(lost.toString().contains("in the middle"), lost.toString());
      }
      case SILENT_BEFORE_TLS -> {
        var late = assertThrows(HttpTimeoutException.class, () -> client.get(url));
        assertEquals(HttpTimeoutException.Phase.CONNECT, late.phase());
      }
      case SILENT_AFTER_REQUEST, STALLED_IN_BODY -> {
        var late = assertThrows(HttpTimeoutException.class, () -> client.get(url));
        assertEquals(HttpTimeoutException.Phase.READ, late.phase());
      }
    }
  }

  @Test
  void delay_manyNodesAtOnce_isPaidOnceAndCounted() throws Exception {
    TaskGroup.run(
        group -> {
          IseLab lab = IseLab.start(group, LabSettings.of(40, Duration.ofMillis(300)));
          try (var client =
              IseVisitor.builder(lab).keepAliveExpiry(Duration.ofMinutes(1)).build()) {
            var nodes = IntStream.range(0, 40).boxed().toList();
            List<Integer> statuses =
                Gather.over(nodes).run(node -> client.get(lab.baseUrl(node) + INFO).status());
            assertTrue(statuses.stream().allMatch(s -> s == 200));
            assertEquals(40, lab.requests());
            // Once more without handshakes, which on a busy machine take longer than the delay.
            Gather.over(nodes).run(node -> client.get(lab.baseUrl(node) + INFO).status());
            assertTrue(lab.peakConcurrency() > 5, () -> "peak " + lab.peakConcurrency());
            lab.resetCounters();
            Gather.over(nodes).limit(5).run(node -> client.get(lab.baseUrl(node) + INFO).status());
            assertTrue(lab.peakConcurrency() <= 5, () -> "peak " + lab.peakConcurrency());
            assertEquals(40, lab.requests());
          }
        });
  }

  @Test
  @Timeout(300)
  void thousandNodes_allAsked_answer() throws Exception {
    TaskGroup.run(
        group -> {
          IseLab lab = IseLab.start(group, new LabSettings(1000, ZERO, 0.01, 0, 1));
          // A hundred handshakes at once are much for a machine that has other things to do.
          Duration patience = Duration.ofMinutes(4);
          try (var client =
              IseVisitor.builder(lab)
                  .maxConnections(100)
                  .connectTimeout(patience)
                  .readTimeout(patience)
                  .build()) {
            List<Outcome<Integer, Response>> outcomes =
                Gather.over(IntStream.range(0, 1000).boxed().toList())
                    .outcomes(node -> client.get(lab.baseUrl(node) + INFO).raiseForStatus());
            for (Outcome<Integer, Response> outcome : outcomes) {
              if (lab.isSound(outcome.item())) {
                assertInstanceOf(Outcome.Success.class, outcome, outcome::toString);
              } else {
                assertInstanceOf(Outcome.Failure.class, outcome, outcome::toString);
              }
            }
          }
        });
  }

  @Test
  void seed_same_sameFaultsAndEndpoints() {
    var settings = new LabSettings(100, ZERO, 0.2, 0.1, 3);
    assertEquals(IseFault.choose(settings), IseFault.choose(settings));
    var other = new LabSettings(100, ZERO, 0.2, 0.1, 4);
    assertNotEquals(IseFault.choose(settings), IseFault.choose(other));
    assertEquals(new IseEndpoints(3, 1).all(), new IseEndpoints(3, 1).all());
    assertNotEquals(new IseEndpoints(3, 1).all(), new IseEndpoints(3, 2).all());
    assertEquals(253, new IseEndpoints(3, 1).all().stream().map(e -> e.id()).distinct().count());
  }
}
