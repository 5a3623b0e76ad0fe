package dev.tandem.ssh;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.interop.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Closes sessions: politely within the grace time, then in any case. */
final class Closing {

  private Closing() {}

  /** Returns when the socket is closed. */
  static void close(EngineSession session) {
    var closed = new CompletableFuture<@Nullable Void>();
    session.addCloseFutureListener(future -> closed.complete(null));
    session.close(false);
    try {
      Tandem.timeout(Defaults.CLOSE_GRACE, () -> Futures.await(closed));
    } catch (InterruptedException e) {
      session.closeNow();
      Thread.currentThread().interrupt();
    } catch (DeadlineExceededException | ExecutionException e) {
      session.closeNow();
    }
  }
}
