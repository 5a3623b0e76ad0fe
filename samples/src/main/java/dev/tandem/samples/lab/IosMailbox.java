package dev.tandem.samples.lab;

import dev.tandem.interop.Futures;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work for the lab's group, posted by threads that are not in it. */
final class IosMailbox {

  private final Queue<IosChannel> posted = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CompletableFuture<@Nullable Void>> signal =
      new AtomicReference<>(new CompletableFuture<@Nullable Void>());

  void post(IosChannel channel) {
    posted.add(channel);
    signal.get().complete(null);
  }

  /** The next piece of work; waits until there is one. For one reader. */
  IosChannel take() throws InterruptedException {
    while (true) {
      // First the signal, then the look: whoever posts after the look completes this signal.
      var next = new CompletableFuture<@Nullable Void>();
      signal.set(next);
      IosChannel channel = posted.poll();
      if (channel != null) {
        return channel;
      }
      try {
        Futures.await(next);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a signal only ever completes", e);
      }
    }
  }
}
