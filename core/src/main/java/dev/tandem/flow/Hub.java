package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The mechanism of a broadcast: the subscribers' mailboxes and the publishers that wait. */
final class Hub<E> implements Inlet<E> {

  /*
   * One lock for all, so that an item reaches all or nobody. Publishers wait only while some
   * mailbox is full, and only if the policy is to wait; whatever makes room lets the first of them
   * go on.
   */

  final int capacity;
  private final SlowSubscriber slow;
  private final WakingLock lock = new WakingLock();

  // All below is guarded by the lock.
  private final Line<E> publishers = new Line<>();
  private final Set<Mailbox<E>> mailboxes = new LinkedHashSet<>();
  private long published;
  private boolean shutDown;
  private @Nullable Throwable cause;

  Hub(int capacity, SlowSubscriber slow) {
    this.capacity = capacity;
    this.slow = slow;
  }

  @Override
  public WakingLock mutex() {
    return lock;
  }

  @Override
  public Line<E> putters() {
    return publishers;
  }

  @Override
  public Awaited awaitedRoom() {
    return Awaited.of("broadcast").in(statistics().subscribers() + " subscribers, one is full");
  }

  @Override
  public void check(E item) {}

  Mailbox<E> subscribe() {
    lock.lock();
    try {
      if (shutDown) {
        throw QueueShutDownException.refusingSubscriber(cause);
      }
      var mailbox = new Mailbox<>(this);
      mailboxes.add(mailbox);
      return mailbox;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean put(E item) {
    if (shutDown) {
      throw QueueShutDownException.refusingPublish(cause);
    }
    if (!hasRoom()) {
      return false;
    }
    deliver(item);
    return true;
  }

  /** Called when a mailbox has more room than before, or is no more. */
  void roomMade() {
    while (publishers.length() > 0 && hasRoom()) {
      Place<E> publisher = publishers.callFirst();
      E item = publisher == null ? null : publisher.collect();
      if (publisher != null && item != null) {
        lock.wakeLater(publisher);
        deliver(item);
      }
    }
  }

  /** Nothing goes to this mailbox any more. */
  void forget(Mailbox<E> mailbox) {
    mailboxes.remove(mailbox);
    roomMade();
  }

  private boolean hasRoom() {
    if (slow == SlowSubscriber.WAIT) {
      for (Mailbox<E> mailbox : mailboxes) {
        if (mailbox.isFull()) {
          return false;
        }
      }
    }
    return true;
  }

  private void deliver(E item) {
    var numbered = new Numbered<>(published++, item);
    List<Mailbox<E>> lost = List.of();
    for (Mailbox<E> mailbox : mailboxes) {
      if (!mailbox.isFull()) {
        mailbox.deliver(numbered);
      } else if (slow == SlowSubscriber.DISCONNECT) {
        mailbox.disconnect();
        lost = lost.isEmpty() ? new ArrayList<>() : lost;
        lost.add(mailbox);
      } else {
        mailbox.overflow(numbered, slow == SlowSubscriber.DROP_OLDEST);
      }
    }
    lost.forEach(mailboxes::remove);
  }

  List<E> shutDown(@Nullable Throwable why, boolean drop) {
    lock.lock();
    try {
      if (!shutDown) {
        shutDown = true;
        cause = why;
        lock.turnAway(publishers);
        for (Mailbox<E> mailbox : mailboxes) {
          lock.turnAway(mailbox.takers());
        }
      }
      return drop ? drop() : List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<E> drop() {
    Map<Long, E> undelivered = new TreeMap<>();
    for (Mailbox<E> mailbox : mailboxes) {
      for (Numbered<E> numbered : mailbox.drop()) {
        undelivered.put(numbered.number, numbered.item);
      }
    }
    return List.copyOf(undelivered.values());
  }

  boolean isShutDown() {
    return shutDown;
  }

  @Nullable Throwable cause() {
    return cause;
  }

  Broadcast.Statistics statistics() {
    lock.lock();
    try {
      return new Broadcast.Statistics(
          mailboxes.size(), capacity, publishers.length(), published, shutDown);
    } finally {
      lock.unlock();
    }
  }

  /** An item and how many were published before it. */
  record Numbered<E>(long number, E item) {}
}
