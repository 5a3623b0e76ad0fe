package dev.tandem.flow;

import dev.tandem.internal.Awaited;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mechanism of a queue: what is in it, and who waits for it. */
class Exchange<E> extends WakingLock implements Inlet<E>, Outlet<E> {

  /*
   * Under one lock, but for two who meet at the spot of a rendezvous. Takers wait only while nothing
   * is in store, putters only while the store is full. So a put hands its item to the first taker,
   * and a take lets the first putter's item in: nobody who comes later can overtake. Whoever is
   * handed something is claimed first; one that gave up cannot be, and is passed over.
   *
   * A select holds the locks of all its queues while it looks and lines up, so nobody can find it
   * half lined up. At spots it can be found so, but then it looks for nobody: if it cannot stand at
   * the next one, it leaves them, or takes the locks before it looks again. Either way, of two
   * parties that meet one cannot be claimed by others, and one claim is enough.
   */

  private static final VarHandle STORED;

  static {
    try {
      STORED = MethodHandles.lookup().findVarHandle(Exchange.class, "stored", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final int capacity;

  private final int batch;

  // Written before anybody else has it.
  private String kind = "queue";

  // A hint for those who look without the lock.
  @SuppressWarnings("unused")
  private volatile int stored;

  // All below is guarded by the lock, but for the patience of the lines.
  private final Line<E> putters = new Line<>();
  private final Line<E> takers = new Line<>();
  private final Line<E> joiners = new Line<>();
  private final Storage<E> storage;
  private long unfinished;
  private boolean shutDown;
  private @Nullable Throwable cause;

  Exchange(int capacity, Storage<E> storage) {
    this.capacity = capacity;
    this.storage = storage;
    storage.guardedBy(this);
    batch = Math.clamp(capacity / 2, 1, 32);
  }

  @Override
  public WakingLock mutex() {
    return this;
  }

  /** Nobody meets here without the lock. */
  @Override
  public @Nullable Spot<E> spot() {
    return null;
  }

  @Override
  public Line<E> putters() {
    return putters;
  }

  @Override
  public Line<E> takers() {
    return takers;
  }

  Line<E> joiners() {
    return joiners;
  }

  /** Looks whether there will be room, before lining up. */
  @Override
  public boolean lineUp(PutPlace<E> place) {
    int times = putters.looks(place);
    if (times > 0) {
      putters.look(times, () -> stored <= capacity / 2);
    }
    return place.join();
  }

  /** Looks whether there will be several items, before lining up. */
  @Override
  public boolean lineUp(TakePlace<E> place) {
    int times = takers.looks(place);
    if (times > 0) {
      takers.look(times, () -> stored >= batch);
    }
    return place.join();
  }

  /** What the tree of tasks calls it, instead of a queue. */
  void isOf(String newKind) {
    kind = newKind;
  }

  @Override
  public Awaited awaitedRoom() {
    return Words.awaited(kind + " put", statistics());
  }

  @Override
  public Awaited awaitedItem() {
    return Words.awaited(kind + " take", statistics());
  }

  Awaited awaitedEnd() {
    return Awaited.of(kind + " join").in(statistics().unfinished() + " unfinished");
  }

  @Override
  public void check(E item) {
    storage.check(item);
  }

  @Override
  public boolean put(E item) {
    if (shutDown) {
      throw QueueShutDownException.refusingPut(cause);
    }
    if (hand(item)) {
      return true;
    }
    if (storage.size() >= capacity) {
      return false;
    }
    storage.add(item);
    count(1);
    STORED.setOpaque(this, storage.size());
    return true;
  }

  @Override
  public @Nullable E take() {
    if (storage.size() == 0) {
      return collect();
    }
    E item = storage.remove();
    // What was put back may have been one too many.
    E next = storage.size() < capacity ? collect() : null;
    if (next != null) {
      storage.admit(next);
    }
    STORED.setOpaque(this, storage.size());
    return item;
  }

  /**
   * What was taken is the next to be taken again, even if it is one more than there is room for.
   */
  void putBack(E item) {
    lock();
    try {
      if (hand(item)) {
        // It was counted when it was first put.
        count(-1);
      } else {
        storage.putBack(item);
        STORED.setOpaque(this, storage.size());
      }
    } finally {
      unlock();
    }
  }

  private boolean hand(E item) {
    for (Place<E> taker = takers.callFirst(); taker != null; taker = takers.callFirst()) {
      if (taker.hand(item)) {
        count(1);
        wakeLater(taker);
        return true;
      }
    }
    return false;
  }

  /** Takes its item from the first putter who still waits. */
  private @Nullable E collect() {
    for (Place<E> putter = putters.callFirst(); putter != null; putter = putters.callFirst()) {
      E item = putter.collect();
      if (item != null) {
        count(1);
        wakeLater(putter);
        return item;
      }
    }
    return null;
  }

  /** One item that was taken has been dealt with; false when none is in anybody's hands. */
  boolean taskDone() {
    lock();
    try {
      if (unfinished() == storage.size()) {
        return false;
      }
      finished(1);
      return true;
    } finally {
      unlock();
    }
  }

  /** Nothing is in store, and it is not shut down. */
  final boolean isEmptyAndOpen() {
    return storage.size() == 0 && !shutDown;
  }

  /** How many items went in and have not been dealt with. */
  long unfinished() {
    return unfinished;
  }

  void count(int change) {
    unfinished += change;
  }

  final void finished(int count) {
    count(-count);
    if (isFinished()) {
      turnAway(joiners);
    }
  }

  boolean isFinished() {
    return unfinished() == 0;
  }

  /**
   * Nothing more goes in; the first call says why.
   *
   * @param drop whether nothing comes out any more either
   * @return what was dropped
   */
  List<E> shutDown(@Nullable Throwable why, boolean drop) {
    lock();
    try {
      if (!shutDown) {
        shutDown = true;
        cause = why;
        turnAway(putters);
        turnAway(takers);
      }
      return drop ? drop() : List.of();
    } finally {
      unlock();
    }
  }

  private List<E> drop() {
    List<E> undelivered = storage.removeAll();
    STORED.setOpaque(this, 0);
    if (!undelivered.isEmpty()) {
      finished(undelivered.size());
    }
    return undelivered;
  }

  @Override
  public boolean isOver() {
    return shutDown && storage.size() == 0;
  }

  @Override
  public boolean hasFailed() {
    return cause != null;
  }

  @Override
  public RuntimeException nothingLeft() {
    return QueueShutDownException.nothingLeft(cause);
  }

  AsyncQueue.Statistics statistics() {
    lock();
    try {
      return new AsyncQueue.Statistics(
          storage.size(),
          capacity,
          putters.length(),
          takers.length(),
          joiners.length(),
          unfinished(),
          shutDown);
    } finally {
      unlock();
    }
  }
}
