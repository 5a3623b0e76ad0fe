package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to each of very many threads, by their numbers. A thread alone puts in and takes out
 * what is its own, and finds it fast; others find it too.
 */
final class ThreadTable<T> {

  /*
   * Threads are numbered as they are made, so those of tasks that run together stand close to one
   * another: a page has a slot for each of so many numbers in a row, which costs a quarter of what
   * an entry in a map would. Pages are in a map, from the first thread that puts something in to
   * the last that takes it out.
   *
   * Most look-ups come from a thread that has just looked, or from one beside it, so before the map
   * there is an array of recent pages, with a place for each by its number. Several pages share a
   * place and take it from one another at any time.
   *
   * A page that is empty stays as long as it has its place, for the next thread is likely to want
   * it. It retires when it is both empty and out of its place: whoever empties it looks at the
   * place afterwards, whoever takes the place looks afterwards whether the page is empty, so one of
   * them sees to it. Nobody puts anything into a page that has retired. One that retires although
   * it has been given its place again meanwhile is not looked at there: who puts something into the
   * next page of that number gives the place to that one.
   */

  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Page[].class);

  private final ConcurrentHashMap<Long, Page<T>> all = new ConcurrentHashMap<>();
  private final @Nullable Page<T>[] recent;
  private final int slots;

  // Volatile: set by the first who puts something in, before that is to be found.
  private volatile boolean used;

  private final int bits;

  /**
   * An empty table.
   *
   * @param slots how many numbers share a page, a power of two
   * @param places how many pages are found without the map, a power of two
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of pages of T, made here
  ThreadTable(int slots, int places) {
    this.slots = slots;
    bits = Integer.numberOfTrailingZeros(slots);
    recent = new Page[places];
  }

  /** What belongs to the current thread, whose number is {@code thread}; null for nothing. */
  @Nullable T own(long thread) {
    long number = thread >> bits;
    Page<T> near = recent(number);
    if (near != null && near.number == number) {
      return near.get(slot(thread));
    }
    if (!used) {
      return null;
    }
    Page<T> page = all.get(number);
    T found = page == null ? null : page.get(slot(thread));
    if (page != null && found != null) {
      // Until this thread takes it out the page is not empty, so it has not retired.
      place(page);
    }
    return found;
  }

  /** What belongs to any thread; null for nothing. */
  @Nullable T find(long thread) {
    Page<T> page = page(thread >> bits);
    return page == null ? null : page.get(slot(thread));
  }

  /** Puts in what belongs to the current thread; returns what did before, null for nothing. */
  @Nullable T put(long thread, T own) {
    long number = thread >> bits;
    Page<T> page = page(number);
    T before = page == null ? null : page.get(slot(thread));
    if (page == null || before == null) {
      page = enter(number);
    }
    page.set(slot(thread), own);
    place(page);
    return before;
  }

  /** Takes out what belongs to the current thread, which has put something in. */
  void remove(long thread) {
    Page<T> page = page(thread >> bits);
    if (page == null) {
      throw new AssertionError("there is nothing of this thread");
    }
    page.set(slot(thread), null);
    if (page.leave() && recent(page.number) != page) {
      retire(page);
    }
  }

  /** Shows what is in the table, of very many only so many. */
  void forSome(int most, Consumer<? super T> consumer) {
    int left = most;
    for (Page<T> page : all.values()) {
      if (left <= 0) {
        return;
      }
      for (int i = 0; i < slots && left > 0; i++) {
        T found = page.get(i);
        if (found != null) {
          consumer.accept(found);
          left--;
        }
      }
    }
  }

  /** How many pages there are. */
  int pages() {
    return all.size();
  }

  private @Nullable Page<T> page(long number) {
    Page<T> near = recent(number);
    boolean there = near != null && near.number == number && !near.hasRetired();
    return there ? near : all.get(number);
  }

  private Page<T> enter(long number) {
    if (!used) {
      used = true;
    }
    while (true) {
      Page<T> page = page(number);
      if (page == null) {
        // Not computed in the map: the others that begin meanwhile would block on a monitor.
        var fresh = new Page<T>(number, slots);
        page = all.putIfAbsent(number, fresh);
        page = page == null ? fresh : page;
      }
      if (page.enter()) {
        return page;
      }
      // It has retired, and is about to be taken out of the map.
      all.remove(page.number, page);
    }
  }

  private void place(Page<T> page) {
    if (recent(page.number) == page) {
      return;
    }
    @SuppressWarnings("unchecked") // there are no others in the array
    Page<T> out = (Page<T>) PLACE.getAndSet(recent, placeOf(page.number), page);
    if (out != null && out != page) {
      retire(out);
    }
  }

  private void retire(Page<T> page) {
    if (page.retires()) {
      all.remove(page.number, page);
    }
  }

  @SuppressWarnings("unchecked") // there are no others in the array
  private @Nullable Page<T> recent(long number) {
    return (Page<T>) PLACE.getVolatile(recent, placeOf(number));
  }

  private int placeOf(long number) {
    return (int) number & (recent.length - 1);
  }

  private int slot(long thread) {
    return (int) thread & (slots - 1);
  }

  /** What belongs to threads with numbers in a row. */
  private static final class Page<T> {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle USERS;
    private static final int RETIRED = -1;

    static {
      try {
        USERS = MethodHandles.lookup().findVarHandle(Page.class, "users", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    final long number;
    private final @Nullable Object[] slots;

    // How many have put something in, or are about to; or RETIRED.
    @SuppressWarnings("unused")
    private volatile int users;

    Page(long number, int slots) {
      this.number = number;
      this.slots = new Object[slots];
    }

    @SuppressWarnings("unchecked") // nothing else is put in
    @Nullable T get(int slot) {
      return (T) SLOT.getAcquire(slots, slot);
    }

    void set(int slot, @Nullable T thing) {
      SLOT.setRelease(slots, slot, thing);
    }

    /** False when it has retired. */
    boolean enter() {
      int seen = users;
      while (seen != RETIRED) {
        int found = (int) USERS.compareAndExchange(this, seen, seen + 1);
        if (found == seen) {
          return true;
        }
        seen = found;
      }
      return false;
    }

    /** True when nobody is left. */
    boolean leave() {
      return (int) USERS.getAndAdd(this, -1) == 1;
    }

    boolean hasRetired() {
      return users == RETIRED;
    }

    /** True when it is empty, and now retired. */
    boolean retires() {
      return users == 0 && USERS.compareAndSet(this, 0, RETIRED);
    }
  }
}
