package dev.tandem.flow;

import dev.tandem.internal.Backstage;
import dev.tandem.internal.CancelCause;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tasks that take elements from a source in turn and work on them at the same time, each on one.
 *
 * @param <S> the elements
 * @param <C> what goes along with an element from its claim to its end
 */
final class Lanes<S, C> {

  /*
   * A lane claims an element while it has the turn, starts another lane if none is idle or about
   * to be, works on its element, and claims again. So short works need few tasks, and a source that is slow is
   * asked by one lane while the others work. A lane that has the turn waits in it for room and for
   * the source; the others wait for the turn.
   */

  private final Stage<S> source;
  private final String name;
  private final int limit;
  private final Handler<S, C> handler;

  private final Turn turn = new Turn();

  // Lanes that work on nothing, those that have been started but not yet begun included.
  private final AtomicInteger idle = new AtomicInteger();

  // In the order in which they were started: who is stopped first is the same in each run.
  private final Map<Integer, Lane> working = new ConcurrentSkipListMap<>();

  // Guarded by the turn.
  private int started;
  private long claimed;
  private boolean exhausted;

  // Volatile: written by a lane that fails, read by all.
  private volatile long last = Long.MAX_VALUE;

  Lanes(Stage<S> source, String name, int limit, Handler<S, C> handler) {
    this.source = source;
    this.name = name;
    this.limit = limit;
    this.handler = handler;
  }

  /** What becomes of the elements. */
  interface Handler<S, C> {

    /** Waits until another element may be taken from the source. */
    void awaitRoom() throws InterruptedException;

    /** An element is the next in order; called in turn. */
    C claimed();

    /** Works on an element; what it throws is a failure of the stage. */
    void work(C claim, S item) throws Exception;

    /** Instead of an element came a failure of the source, or the work on it failed. */
    void failed(C claim, long position, Throwable failure) throws Throwable;
  }

  void start(Tasks tasks) {
    started++;
    idle.incrementAndGet();
    tasks.start(new Lane(tasks, started));
  }

  /** No element after this one is worked on any more. */
  void stopAfter(long position, CancelCause cause) {
    last = position;
    for (Lane lane : working.values()) {
      if (lane.position > position) {
        lane.cancel(cause);
      }
    }
  }

  private final class Lane extends Tasks.Member {

    private final Tasks tasks;
    private final int number;

    // Volatile: written by the lane, read by one that fails; see last.
    private volatile long position = -1;

    // Volatile: written after the position, read by whoever asks which element the lane is at.
    private volatile boolean atElement;

    Lane(Tasks tasks, int number) {
      super(tasks, name);
      this.tasks = tasks;
      this.number = number;
    }

    @Override
    public String label() {
      return position < 0 ? name : label(position);
    }

    @Override
    public String label(long piece) {
      return name + "#" + piece;
    }

    @Override
    public long piece() {
      return atElement ? position : -1;
    }

    @Override
    protected void body() throws Throwable {
      working.put(number, this);
      try {
        while (claimAndWork()) {
          // What a work left behind, or what was sent to it too late, is not the next one's.
          Thread.interrupted();
          if (ownCause() != null) {
            return;
          }
        }
      } finally {
        working.remove(number);
      }
    }

    private boolean claimAndWork() throws Throwable {
      C claim;
      S item;
      turn.take();
      try {
        if (exhausted) {
          return false;
        }
        handler.awaitRoom();
        if (last < Long.MAX_VALUE) {
          return false;
        }
        try {
          item = source.pull();
        } catch (Throwable failure) {
          exhausted = true;
          fail(handler.claimed(), claimed, failure);
          return false;
        }
        if (item == null) {
          exhausted = true;
          return false;
        }
        claim = handler.claimed();
        position = claimed++;
        if (idle.decrementAndGet() == 0 && started < limit) {
          Lanes.this.start(tasks);
        }
      } finally {
        turn.giveUp();
      }
      if (position > last) {
        return false;
      }
      atElement = true;
      try {
        handler.work(claim, item);
        closeLeftOpen();
      } catch (Throwable failure) {
        fail(claim, position, failure);
        return false;
      }
      atElement = false;
      pieceEnded();
      idle.incrementAndGet();
      return true;
    }

    private void fail(C claim, long where, Throwable failure) throws Throwable {
      if (isStopped(failure, context().wasInterrupted())) {
        throw failure;
      }
      handler.failed(claim, where, failure);
    }
  }

  /** Why elements after one that failed are not worked on. */
  static CancelCause after(long position, Throwable failure) {
    return Backstage.get().failed("element " + position, failure);
  }
}
