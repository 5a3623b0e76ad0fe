package dev.tandem;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the lanes of a gather take their items and put their results; each item goes to one. */
abstract sealed class ItemSource<I extends @Nullable Object> {

  /** An item and its position. */
  record Claim<I extends @Nullable Object>(int index, I item) {}

  static <I extends @Nullable Object> ItemSource<I> of(Iterable<? extends I> items) {
    return items instanceof Collection<? extends I> collection
        ? new Known<>(collection)
        : new Lazy<>(items);
  }

  /** The next item, or null when there is none left. */
  abstract @Nullable Claim<I> claim() throws InterruptedException;

  /** False when there is certainly nothing left to claim. */
  abstract boolean mayHaveMore();

  /** How many items there are, if that is known before they are claimed. */
  abstract OptionalInt size();

  abstract void put(int index, @Nullable Object result);

  /** All that was put, in order of the index; after the lanes have ended. */
  abstract List<?> results();

  /** Puts what {@code result} makes of each known item that nobody has claimed. */
  abstract void putUnclaimed(Function<? super I, ?> result);

  /** All items are there: claiming one is an increment. */
  private static final class Known<I extends @Nullable Object> extends ItemSource<I> {

    private final @Nullable Object[] items;
    private final @Nullable Object[] results;
    private final AtomicInteger next = new AtomicInteger();

    Known(Collection<? extends I> collection) {
      items = collection.toArray();
      results = new @Nullable Object[items.length];
    }

    @Override
    @Nullable Claim<I> claim() {
      int index = next.getAndIncrement();
      return index < items.length ? new Claim<I>(index, item(index)) : null;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the array was made of a collection of I
    private I item(int index) {
      return (I) items[index];
    }

    @Override
    boolean mayHaveMore() {
      return next.get() < items.length;
    }

    @Override
    OptionalInt size() {
      return OptionalInt.of(items.length);
    }

    @Override
    void putUnclaimed(Function<? super I, ?> result) {
      for (int index = next.get(); index < items.length; index++) {
        put(index, result.apply(item(index)));
      }
    }

    @Override
    void put(int index, @Nullable Object result) {
      results[index] = result;
    }

    @Override
    List<?> results() {
      return Collections.unmodifiableList(Arrays.asList(results));
    }
  }

  /** Items come one by one from an iterator, which may block and is asked by one lane at a time. */
  private static final class Lazy<I extends @Nullable Object> extends ItemSource<I> {

    private final Iterator<? extends I> items;
    private final PermitQueue turn =
        new PermitQueue(1, () -> Awaited.of("source of a gather").in("another lane asks it"));
    private final ReentrantLock lock = new ReentrantLock();
    private final List<@Nullable Object> results = new ArrayList<>();

    // Written by the lane whose turn it is.
    private int next;
    private volatile boolean exhausted;

    Lazy(Iterable<? extends I> iterable) {
      items = iterable.iterator();
    }

    @Override
    @Nullable Claim<I> claim() throws InterruptedException {
      turn.acquire(1, TaskRuntime.NEVER);
      try {
        if (exhausted || !items.hasNext()) {
          exhausted = true;
          return null;
        }
        I item = items.next();
        put(next, null);
        return new Claim<>(next++, item);
      } finally {
        turn.release(1);
      }
    }

    @Override
    boolean mayHaveMore() {
      return !exhausted;
    }

    @Override
    OptionalInt size() {
      return OptionalInt.empty();
    }

    /** What the iterator has not given yet stays with it: it may have no end. */
    @Override
    void putUnclaimed(Function<? super I, ?> result) {}

    @Override
    void put(int index, @Nullable Object result) {
      lock.lock();
      try {
        if (index == results.size()) {
          results.add(result);
        } else {
          results.set(index, result);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    List<?> results() {
      return Collections.unmodifiableList(results);
    }
  }
}
