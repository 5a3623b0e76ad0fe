package dev.tandem.interop;

import dev.tandem.TaskGroup;
import dev.tandem.Work;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One subscriber of a publisher, and the task that gives it elements. */
final class IteratorSubscription<T> implements Flow.Subscription {

  private final Flow.Subscriber<? super T> subscriber;
  private final Work<? extends AsyncIterator<? extends T>, ? extends Exception> iterators;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long requested;
  private boolean cancelled;
  private @Nullable Throwable misuse;
  private @Nullable Waiter waiting;
  private @Nullable TaskGroup running;

  // Only the task reads and writes this one.
  private @Nullable Throwable violation;

  IteratorSubscription(
      Flow.Subscriber<? super T> subscriber,
      Work<? extends AsyncIterator<? extends T>, ? extends Exception> iterators) {
    this.subscriber = subscriber;
    this.iterators = iterators;
  }

  void start(Executor executor) {
    subscriber.onSubscribe(this);
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException ended) {
      subscriber.onError(ended);
    }
  }

  @Override
  public void request(long count) {
    lock.lock();
    try {
      if (count < 1 && misuse == null) {
        misuse =
            new IllegalArgumentException("request wants at least 1 (rule 3.9), but got " + count);
      }
      requested = requested + count < 0 ? Long.MAX_VALUE : requested + Math.max(count, 0);
      if (waiting != null) {
        waiting.signal();
        waiting = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    TaskGroup group;
    lock.lock();
    try {
      cancelled = true;
      group = running;
    } finally {
      lock.unlock();
    }
    if (group != null) {
      group.cancel("the subscriber has cancelled");
    }
  }

  private void run() {
    try {
      TaskGroup.run(this::publish);
      if (!isCancelled()) {
        subscriber.onComplete();
      }
    } catch (Throwable failure) {
      if (!isCancelled()) {
        subscriber.onError(failure);
      }
    }
    if (violation != null) {
      throw Thrown.<RuntimeException>asItself(violation);
    }
  }

  /** Returns when there are no more elements, or nobody wants them. */
  private void publish(TaskGroup group) throws Exception {
    lock.lock();
    try {
      running = group;
    } finally {
      lock.unlock();
    }
    try (AsyncIterator<? extends T> items = iterators.run()) {
      while (awaitRequest()) {
        Optional<? extends T> item = items.next();
        if (item.isEmpty() || isCancelled()) {
          return;
        }
        tell(item.get());
      }
    }
  }

  private void tell(T item) {
    try {
      subscriber.onNext(item);
    } catch (Throwable failure) {
      // It must not throw (rule 2.13), and hears no more.
      violation = failure;
      cancel();
    }
  }

  private boolean awaitRequest() throws Exception {
    while (true) {
      Waiter waiter;
      lock.lock();
      try {
        if (misuse != null) {
          throw Thrown.<Exception>asItself(misuse);
        }
        if (cancelled || requested > 0) {
          requested -= requested == Long.MAX_VALUE ? 0 : 1;
          return !cancelled;
        }
        waiter = new Demand();
        waiting = waiter;
      } finally {
        lock.unlock();
      }
      Parking.await(waiter, TaskRuntime.NEVER);
    }
  }

  /** A wait for the subscriber. */
  private static final class Demand extends Waiter {
    @Override
    protected Awaited awaited() {
      return Awaited.of("subscriber").in("nothing requested");
    }
  }

  private boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}
