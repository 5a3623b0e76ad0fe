package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Outcome;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A call that is cancelled or interrupted, in each of its phases, leaves nothing behind. */
class CancellationTest {

  private static final ClientStatistics NOTHING = new ClientStatistics(0, 0, 0, 0);

  /** For what happens at once, on however slow a machine; less than any timeout of the client's. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void cancel_inHead_closesTheConnection() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed)) {
      stopped(server, server.url(), () -> server.open() == 1);
    }
  }

  @Test
  void cancel_inBody_closesTheConnection() throws Exception {
    var halfway = new AtomicReference<>(false);
    try (var server =
        new FaultServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              halfway.set(true);
              try {
                peer.untilClosed();
              } finally {
                halfway.set(false);
              }
            })) {
      stopped(server, server.url(), halfway::get);
    }
  }

  @Test
  void cancel_inTlsHandshake_closesTheConnection() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed)) {
      stopped(server, "https://127.0.0.1:" + server.port(), () -> server.open() == 1);
    }
  }

  @Test
  void cancel_inConnect_closesTheSocket() throws Exception {
    try (var full = new FullListener();
        var client = AsyncHttpClient.builder().connectTimeout(Duration.ofMinutes(5)).build()) {
      cancelled(client, full.url(), () -> client.statistics().open() == 1);
      interrupted(client, full.url(), () -> client.statistics().open() == 1);
      assertEquals(NOTHING, client.statistics());
    }
  }

  @Test
  void cancel_inPoolWait_givesUpItsPlaceInTheQueue() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed);
        var client = AsyncHttpClient.builder().maxConnections(1).build()) {
      TaskGroup.run(
          group -> {
            var holder = group.start("holder", () -> client.get(server.url()));
            FaultServer.until(() -> server.open() == 1);
            cancelled(client, server.url(), () -> client.statistics().waiting() == 1);
            interrupted(client, server.url(), () -> client.statistics().waiting() == 1);
            assertEquals(new ClientStatistics(1, 0, 1, 0), client.statistics());
            holder.cancel("done");
          });
      assertEquals(NOTHING, client.statistics());
    }
  }

  @Test
  void cancel_beforeTheCall_nothingIsSent() throws Exception {
    try (var server = FaultServer.answering(AsyncHttpClientTest.ok("x"));
        var client = AsyncHttpClient.builder().build()) {
      TaskGroup.run(
          group -> {
            group.cancel("before");
            assertThrows(InterruptedException.class, () -> client.get(server.url()));
          });
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> client.get(server.url()));
      assertFalse(Thread.interrupted());
      assertEquals(0, server.accepted());
      assertEquals(NOTHING, client.statistics());
    }
  }

  @Test
  void timeout_aroundTheCall_isTheCallersOwn() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed);
        var client = AsyncHttpClient.builder().build()) {
      for (boolean virtual : new boolean[] {true, false}) {
        var error =
            on(
                virtual,
                () ->
                    assertThrows(
                        DeadlineExceededException.class,
                        () ->
                            Tandem.timeout(Duration.ofMillis(40), () -> client.get(server.url()))));
        assertEquals("timeout", error.owner());
        assertEquals(NOTHING, client.statistics());
      }
      FaultServer.until(() -> server.open() == 0);
    }
  }

  @Test
  void platformThread_failure_isThrownAsItself() throws Exception {
    try (var server = FaultServer.once("garbage\r\n\r\n");
        var client = AsyncHttpClient.builder().build()) {
      assertFalse(Thread.currentThread().isVirtual());
      var error = assertThrows(HttpProtocolException.class, () -> client.get(server.url()));
      assertEquals(0, error.getSuppressed().length);
      assertThrows(IllegalArgumentException.class, () -> client.get("nowhere"));
    }
  }

  @Test
  void platformThread_interrupt_endsTheCall() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed);
        var client = AsyncHttpClient.builder().build()) {
      var thrown = new AtomicReference<Throwable>();
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> thrown.set(assertThrows(Throwable.class, () -> client.get(server.url()))));
      FaultServer.until(() -> server.open() == 1);
      caller.interrupt();
      caller.join();
      assertEquals(InterruptedException.class, thrown.get().getClass());
      assertEquals(NOTHING, client.statistics());
    }
  }

  private void stopped(FaultServer server, String url, BooleanSupplier there) throws Exception {
    try (var client = AsyncHttpClient.builder().connectTimeout(Duration.ofMinutes(5)).build()) {
      cancelled(client, url, there);
      assertEquals(NOTHING, client.statistics());
      FaultServer.until(() -> server.open() == 0);
      interrupted(client, url, there);
      assertEquals(NOTHING, client.statistics());
      FaultServer.until(() -> server.open() == 0);
    }
  }

  /** Cancels a call once it is where it should be. */
  private static void cancelled(AsyncHttpClient client, String url, BooleanSupplier there)
      throws Exception {
    TaskGroup.run(
        group -> {
          var call = group.start("call", () -> client.get(url));
          FaultServer.until(there);
          call.cancel("enough");
          var outcome = call.await(PATIENCE).orElseThrow();
          assertInstanceOf(Outcome.Cancelled.class, outcome);
        });
  }

  /** Interrupts a call from outside of everything once it is where it should be. */
  private static void interrupted(AsyncHttpClient client, String url, BooleanSupplier there)
      throws InterruptedException {
    var thrown = new AtomicReference<Throwable>();
    var flag = new AtomicReference<>(true);
    Thread caller =
        Thread.startVirtualThread(
            () -> {
              thrown.set(assertThrows(Throwable.class, () -> client.get(url)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    FaultServer.until(there);
    caller.interrupt();
    assertTrue(caller.join(PATIENCE));
    assertEquals(InterruptedException.class, thrown.get().getClass());
    assertFalse(flag.get());
  }

  private interface Body<T> {
    T run() throws Exception;
  }

  private static <T> T on(boolean virtual, Body<T> body) throws Exception {
    var result = new AtomicReference<T>();
    var thrown = new AtomicReference<Throwable>();
    Runnable run =
        () -> {
          try {
            result.set(body.run());
          } catch (Throwable failure) {
            thrown.set(failure);
          }
        };
    Thread thread = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(run);
    thread.join();
    if (thrown.get() != null) {
      throw new AssertionError(thrown.get());
    }
    return result.get();
  }
}
