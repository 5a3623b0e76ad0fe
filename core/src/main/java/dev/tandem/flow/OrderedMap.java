package dev.tandem.flow;

import dev.tandem.ItemWork;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Parking;
import dev.tandem.internal.TaskRuntime;
import dev.tandem.internal.Waiter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Works on several elements at once, and gives the results in the order of the elements. */
final class OrderedMap<S, T> extends TaskStage<T> implements Lanes.Handler<S, OrderedMap.Place<T>> {

  private final Stage<S> source;
  private final ItemWork<? super S, ? extends T, ? extends Exception> work;
  private final Lanes<S, Place<T>> lanes;

  private final Room room;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Deque<Place<T>> places = new ArrayDeque<>();
  private @Nullable Waiter asking;
  private boolean finished;

  OrderedMap(
      Stage<S> source, int limit, ItemWork<? super S, ? extends T, ? extends Exception> work) {
    this.source = source;
    this.work = work;
    this.room = new Room(limit);
    this.lanes = new Lanes<>(source, "mapConcurrent", limit, this);
    source.takenBy("mapConcurrent");
  }

  /** Where the result of one element is put. */
  static final class Place<T> {
    // Guarded by the lock.
    @Nullable T result;
    @Nullable Throwable failure;

    boolean isFilled() {
      return result != null || failure != null;
    }
  }

  @Override
  void sourcesBegin(Run current) {
    source.begin(current);
  }

  @Override
  void startTasks(Tasks newTasks) {
    lanes.start(newTasks);
  }

  @Override
  protected @Nullable T advance() throws Exception {
    Parking.checkpoint();
    Place<T> first = awaitFirst();
    if (first == null) {
      conclude();
      return null;
    }
    if (first.failure != null) {
      throw tasks().thrown(first.failure);
    }
    room.left();
    return first.result;
  }

  /** The first place, filled; taken away, unless it is a failure. Null when there is none left. */
  private @Nullable Place<T> awaitFirst() throws InterruptedException {
    while (true) {
      Waiter waiter;
      lock.lock();
      try {
        Place<T> first = places.peek();
        if (first != null && first.isFilled()) {
          return first.failure == null ? places.poll() : first;
        }
        if (finished) {
          return null;
        }
        waiter = new First();
        asking = waiter;
      } finally {
        lock.unlock();
      }
      room.giveBack();
      Parking.await(waiter, TaskRuntime.NEVER);
    }
  }

  /** A wait for the first result. */
  private final class First extends Waiter {
    @Override
    protected Awaited awaited() {
      return Awaited.of("iterator").in("the first of " + inWork() + " results is not there yet");
    }
  }

  private int inWork() {
    lock.lock();
    try {
      return places.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitRoom() throws InterruptedException {
    room.await();
  }

  @Override
  public Place<T> claimed() {
    var place = new Place<T>();
    lock.lock();
    try {
      places.add(place);
    } finally {
      lock.unlock();
    }
    return place;
  }

  @Override
  public void work(Place<T> place, S item) throws Exception {
    fill(place, Nulls.refuse(work.run(item), "the function of mapConcurrent"), null);
  }

  @Override
  public void failed(Place<T> place, long position, Throwable failure) {
    // Those before it are still wanted: the failure is told in its place.
    tasks().add(failure);
    fill(place, null, failure);
    lanes.stopAfter(position, Lanes.after(position, failure));
  }

  private void fill(Place<T> place, @Nullable T result, @Nullable Throwable failure) {
    Waiter claimed = null;
    lock.lock();
    try {
      place.result = result;
      place.failure = failure;
      if (place == places.peek()) {
        claimed = claimAsking();
      }
    } finally {
      lock.unlock();
    }
    wake(claimed);
  }

  @Override
  void finish() {
    Waiter claimed;
    lock.lock();
    try {
      finished = true;
      claimed = claimAsking();
    } finally {
      lock.unlock();
    }
    wake(claimed);
  }

  @Override
  void shut() {
    lock.lock();
    try {
      places.clear();
      finish();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever asks has something to look at; called with the lock held. */
  private @Nullable Waiter claimAsking() {
    Waiter waiter = asking;
    asking = null;
    return waiter != null && waiter.claim() ? waiter : null;
  }

  /** Called when the lock is free, which whoever is woken needs first. */
  private static void wake(@Nullable Waiter claimed) {
    if (claimed != null) {
      claimed.wake();
    }
  }

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
