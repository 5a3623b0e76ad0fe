package dev.tandem.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the threads that can run does so. Guarded by the lock of its runtime, but for what is
 * said to be for any thread.
 */
final class Baton {

  private final Turns turns;
  private final Set<Thread> passedOver = new HashSet<>();

  private long given;

  // Of the holder; null when it has not waited for its turn.
  private @Nullable Turn current;

  // Volatile: read by any thread.
  private volatile @Nullable Thread holder = Thread.currentThread();
  private volatile long steps;

  Baton(Turns turns) {
    this.turns = turns;
  }

  /** Who has the turn; null when nobody has. For any thread. */
  @Nullable Thread holder() {
    return holder;
  }

  /** How often the turn was given. For any thread. */
  long steps() {
    return steps;
  }

  /** Those who lost their turn because they blocked in something else. */
  List<Thread> passedOver() {
    return new ArrayList<>(passedOver);
  }

  /** The next turn of {@code thread}, which goes on by itself if it is one of others. */
  Turn turnOf(Thread thread) {
    return new Turn(thread, holder != thread && !passedOver.remove(thread));
  }

  /** True when somebody waits for the turn. */
  boolean isWanted() {
    return !turns.isEmpty();
  }

  /** Whether something that is due goes before all who want the turn. */
  boolean defers() {
    return turns.defers();
  }

  /** Whether the holder is made to wait although it need not. */
  boolean switches() {
    return turns.switches();
  }

  /** The thread of {@code turn} can go on. */
  void ready(Turn turn) {
    if (turn.isFree()) {
      turn.give();
    } else {
      turns.add(turn);
    }
  }

  /** Gives the turn to the next one, if nobody has it. */
  void give() {
    if (holder == null && !turns.isEmpty()) {
      Turn next = turns.next();
      current = next;
      holder = next.thread;
      steps = ++given;
      next.give();
    }
  }

  /** Takes the turn, which nobody has, for the current thread. */
  void take() {
    current = null;
    holder = Thread.currentThread();
  }

  /** If the current thread has the turn, nobody has it now. */
  void letGo() {
    if (holder == Thread.currentThread()) {
      holder = null;
    }
  }

  /** The current thread is done with what it did here. */
  void leave() {
    passedOver.remove(Thread.currentThread());
    letGo();
  }

  /**
   * Takes the turn from {@code blocked}, if it still is that of the given step. Not from a thread
   * that has not even gone on with it: on a machine that has much to do that may last, and what
   * happens here is not to depend on it.
   */
  void passOver(Thread blocked, long step) {
    boolean goesOn = current == null || current.isTaken();
    if (steps == step && holder == blocked && goesOn) {
      holder = null;
      passedOver.add(blocked);
      give();
    }
  }

  /** There will be nobody to use {@code turn}. */
  void forget(Turn turn) {
    if (!turns.remove(turn) && holder == turn.thread) {
      holder = null;
    }
  }
}
