package dev.tandem.flow;

import dev.tandem.Tandem;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Parking;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The steps that watch the clock and have no tasks. */
final class Timed {

  private Timed() {}

  /** Lets elements go on at a distance. */
  static final class Throttle<T> extends Steps.Keeping<T, T> {

    private final long distance;
    private long notBefore;

    Throttle(Stage<T> source, long distance) {
      super(source, "throttle");
      this.distance = distance;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      T item = current();
      if (item == null) {
        return null;
      }
      long now = Context.currentRuntime().now();
      if (now < notBefore) {
        Parking.sleep(notBefore - now);
        now = notBefore;
      }
      notBefore = Durations.after(Math.max(now, notBefore), distance);
      done();
      return item;
    }
  }

  /** Gives each element so long to come. */
  static final class TimeoutEach<T> extends Step<T, T> {

    private final Duration atMost;

    TimeoutEach(Stage<T> source, Duration atMost) {
      super(source, "timeoutEach");
      this.atMost = atMost;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      return Tandem.<@Nullable T, Exception>timeout("timeoutEach", atMost, source::pull);
    }
  }

  /** Asks again for an element that failed. */
  static final class RetryEach<T> extends Step<T, T> {

    private final int retries;
    private final long pause;
    private final Predicate<? super Exception> which;

    // How often the element at hand has failed.
    private int failed;

    RetryEach(Stage<T> source, int retries, long pause, Predicate<? super Exception> which) {
      super(source, "retryEach");
      this.retries = retries;
      this.pause = pause;
      this.which = which;
    }

    @Override
    protected @Nullable T advance() throws Exception {
      while (true) {
        try {
          T item = source.pull();
          failed = 0;
          return item;
        } catch (InterruptedException stopped) {
          throw stopped;
        } catch (Exception failure) {
          if (failed >= retries || !which.test(failure)) {
            throw failure;
          }
          failed++;
        }
        Parking.sleep(pause);
      }
    }
  }
}
