package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one subscriber has not taken yet. Guarded by the lock of its hub. */
final class Mailbox<E> implements Outlet<E> {

  private final Hub<E> hub;
  private final Ring<Hub.Numbered<E>> items;
  private final Line<E> takers = new Line<>();
  private long dropped;
  private boolean closed;
  private boolean disconnected;

  Mailbox(Hub<E> hub) {
    this.hub = hub;
    items = new Ring<>(hub.capacity);
  }

  @Override
  public WakingLock mutex() {
    return hub.mutex();
  }

  @Override
  public Line<E> takers() {
    return takers;
  }

  @Override
  public Awaited awaitedItem() {
    return Awaited.of("subscription take").in("queue " + statistics().size() + "/" + hub.capacity);
  }

  boolean isFull() {
    return items.size() >= hub.capacity;
  }

  void deliver(Hub.Numbered<E> numbered) {
    for (Place<E> taker = takers.callFirst(); taker != null; taker = takers.callFirst()) {
      if (taker.hand(numbered.item())) {
        mutex().wakeLater(taker);
        return;
      }
    }
    items.add(numbered);
  }

  /** One item more than there is room for. */
  void overflow(Hub.Numbered<E> numbered, boolean dropOldest) {
    dropped++;
    if (dropOldest) {
      items.remove();
      items.add(numbered);
    }
  }

  /** The subscriber has been too slow; its hub forgets this mailbox. */
  void disconnect() {
    disconnected = true;
  }

  @Override
  public @Nullable E take() {
    if (items.size() == 0) {
      return null;
    }
    E item = items.remove().item();
    hub.roomMade();
    return item;
  }

  List<Hub.Numbered<E>> drop() {
    return items.removeAll();
  }

  /** The subscriber wants no more. */
  void close() {
    mutex().lock();
    try {
      if (!closed) {
        closed = true;
        items.removeAll();
        mutex().turnAway(takers);
        hub.forget(this);
      }
    } finally {
      mutex().unlock();
    }
  }

  @Override
  public boolean isOver() {
    return items.size() == 0 && (closed || disconnected || hub.isShutDown());
  }

  @Override
  public boolean hasFailed() {
    return !closed && (disconnected || hub.cause() != null);
  }

  @Override
  public RuntimeException nothingLeft() {
    if (closed) {
      return new QueueShutDownException("the subscription has been closed", null);
    }
    return disconnected
        ? new SlowSubscriberException(hub.capacity)
        : QueueShutDownException.nothingForSubscriber(hub.cause());
  }

  Subscription.Statistics statistics() {
    mutex().lock();
    try {
      boolean open = !closed && !disconnected && !hub.isShutDown();
      return new Subscription.Statistics(
          items.size(), hub.capacity, takers.length(), dropped, open);
    } finally {
      mutex().unlock();
    }
  }
}
