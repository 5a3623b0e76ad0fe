package dev.tandem;

import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the items of a gather and tells of each, one call at a time. */
final class ProgressMeter {

  /*
   * Lanes do not wait for each other: each adds its item to what is to be told, and the one that
   * finds nobody telling tells for all until nothing is left.
   */

  private final Consumer<? super Progress> listener;
  private final OptionalInt total;
  private final Queue<Boolean> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger untold = new AtomicInteger();

  // Read and written by whoever tells; the counter above passes them on.
  private int done;
  private int failures;

  ProgressMeter(Consumer<? super Progress> listener, OptionalInt total) {
    this.listener = listener;
    this.total = total;
  }

  /** May throw what the listener throws; the items after it are told of nevertheless. */
  void itemEnded(boolean itemFailed) {
    failed.add(itemFailed);
    if (untold.getAndIncrement() > 0) {
      return;
    }
    @Nullable Throwable thrown = null;
    do {
      try {
        tell();
      } catch (Throwable failure) {
        if (thrown == null) {
          thrown = failure;
        } else if (thrown != failure) {
          thrown.addSuppressed(failure);
        }
      }
    } while (untold.decrementAndGet() > 0);
    if (thrown != null) {
      throw Endings.<RuntimeException>rethrow(thrown);
    }
  }

  private void tell() {
    done++;
    if (Boolean.TRUE.equals(failed.poll())) {
      failures++;
    }
    listener.accept(new Progress(done, failures, total));
  }
}
