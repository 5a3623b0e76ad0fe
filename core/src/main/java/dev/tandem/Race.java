package dev.tandem;

import static dev.tandem.Tandem.shield;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.PermitQueue;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Several works, of which the first success counts; all at once or one after the other. */
final class Race<T extends @Nullable Object> {

  private static final System.Logger LOG = System.getLogger(Race.class.getName());

  private record Winner<T extends @Nullable Object>(T value) {}

  private final List<? extends Work<? extends T, ? extends Exception>> works;
  private final Optional<Long> delay;
  private final Failures failures = new Failures();
  private final AtomicReference<@Nullable Winner<T>> winner = new AtomicReference<>();

  // One permit for each work that has failed.
  private final PermitQueue losses =
      new PermitQueue(0, () -> Awaited.of("hedge").in("the next one starts later"));

  /**
   * A race that has not begun.
   *
   * @param delay nanoseconds from one start to the next; empty to start all at once
   */
  Race(List<? extends Work<? extends T, ? extends Exception>> works, Optional<Long> delay) {
    if (works.isEmpty()) {
      throw new IllegalArgumentException("a race needs at least 1 work, but was given none");
    }
    this.works = works;
    this.delay = delay;
  }

  <X extends Exception> T run() throws X, InterruptedException {
    GroupAction<RuntimeException> body = this::startAll;
    try {
      TaskGroup.run(body);
    } catch (Throwable thrown) {
      // Somebody may have won, and was cancelled with everything before it could be returned.
      Winner<T> unwanted = winner.get();
      if (unwanted != null) {
        closeUnwanted(unwanted.value());
      }
      throw thrown;
    }
    Winner<T> first = winner.get();
    if (first != null) {
      return first.value();
    }
    throw Endings.<X>rethrow(failures.attachTo(failures.first()));
  }

  /** A success that nobody gets: a connection, say, that came a moment after another. */
  private void closeUnwanted(T value) {
    if (value instanceof AutoCloseable unwanted) {
      try {
        shield(unwanted::close);
      } catch (InterruptedException stopped) {
        // The close was tried; the cancellation is told by the group itself.
        Thread.currentThread().interrupt();
      } catch (Exception failure) {
        LOG.log(Level.WARNING, "a result of a race that was not wanted did not close", failure);
      }
    }
  }

  private void startAll(TaskGroup group) throws InterruptedException {
    for (int i = 0; i < works.size(); i++) {
      if (i > 0 && delay.isPresent()) {
        long until = Durations.after(Context.currentRuntime().now(), delay.get());
        losses.acquire(1, until);
      }
      if (winner.get() != null) {
        return;
      }
      Work<? extends T, ? extends Exception> work = works.get(i);
      group.start("racer-" + i, Adapters.asWork(() -> compete(group, work), "work"));
    }
  }

  private void compete(TaskGroup group, Work<? extends T, ? extends Exception> work)
      throws InterruptedException {
    try {
      T value = work.run();
      if (winner.compareAndSet(null, new Winner<>(value))) {
        group.cancel("another was faster");
      } else {
        closeUnwanted(value);
      }
    } catch (Exception failure) {
      if (failure instanceof InterruptedException stopped
          && group.scope().effectiveCause() != null) {
        failures.addBehind(Tandem::currentPath, stopped);
        // Thrown anew, for the group must not take what failed in a loser for a failure of its own.
        Tandem.checkpoint();
        throw stopped;
      }
      failures.add(Tandem.currentPath(), failure);
      losses.release(1);
    }
  }
}
