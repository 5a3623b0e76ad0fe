package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.QueueShutDownException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A subscriber whose elements are taken from it. */
final class PublisherIterator<T> extends AsyncIterator<T> implements Flow.Subscriber<T> {

  private static final Flow.Subscription CLOSED =
      new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
      };

  private final Flow.Publisher<? extends T> publisher;
  private final int room;

  // Never holds more than has been requested.
  private final AsyncQueue<T> arrived = AsyncQueue.unbounded();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

  // Volatile: written by the publisher before the end, read after it.
  private volatile @Nullable Throwable failure;
  private boolean subscribed;
  private int taken;

  PublisherIterator(Flow.Publisher<? extends T> publisher, int room) {
    this.publisher = publisher;
    this.room = room;
  }

  @Override
  protected @Nullable T advance() throws Exception {
    if (!subscribed) {
      subscribed = true;
      publisher.subscribe(this);
    }
    T item = arrived.next().orElse(null);
    if (item == null) {
      Throwable failed = failure;
      if (failed != null) {
        throw Thrown.<Exception>asItself(failed);
      }
      return null;
    }
    // Requests are made for several at once: each may be a message to somebody far away.
    if (++taken > room / 2) {
      int freed = taken;
      taken = 0;
      requireNonNull(subscription.get()).request(freed);
    }
    return item;
  }

  @Override
  protected void release() {
    Flow.Subscription current = subscription.getAndSet(CLOSED);
    arrived.shutdownNow();
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    requireNonNull(newSubscription, "subscription");
    if (subscription.compareAndSet(null, newSubscription)) {
      newSubscription.request(room);
    } else {
      newSubscription.cancel();
    }
  }

  @Override
  public void onNext(T item) {
    requireNonNull(item, "item");
    try {
      arrived.offer(item);
    } catch (QueueShutDownException closed) {
      // The publisher has not yet heard of the cancellation.
      return;
    }
  }

  @Override
  public void onError(Throwable thrown) {
    failure = requireNonNull(thrown, "thrown");
    arrived.shutdown();
  }

  @Override
  public void onComplete() {
    arrived.shutdown();
  }
}
