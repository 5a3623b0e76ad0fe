package dev.tandem.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

/** The threads that can run in virtual time and wait for their turn, and the choice among them. */
abstract class Turns {

  private final Collection<Turn> ready;

  private Turns(Collection<Turn> ready) {
    this.ready = ready;
  }

  /** First come, first served. */
  static Turns inOrder() {
    return new InOrder(new ArrayDeque<>());
  }

  /** Any of them, and always the same for the same seed. */
  static Turns shuffled(long seed) {
    return new Shuffled(new ArrayList<>(), Seeds.random(seed));
  }

  final boolean isEmpty() {
    return ready.isEmpty();
  }

  final void add(Turn turn) {
    ready.add(turn);
  }

  final boolean remove(Turn turn) {
    return ready.remove(turn);
  }

  /** Whether a task that need not wait may be made to, so that another goes on. */
  abstract boolean switches();

  /** Whether something that is due goes before all who are ready. */
  abstract boolean defers();

  /** Takes out who is next; there is one. */
  abstract Turn next();

  private static final class InOrder extends Turns {
    private final ArrayDeque<Turn> ready;

    InOrder(ArrayDeque<Turn> ready) {
      super(ready);
      this.ready = ready;
    }

    @Override
    boolean switches() {
      return false;
    }

    @Override
    boolean defers() {
      return false;
    }

    @Override
    Turn next() {
      return ready.remove();
    }
  }

  private static final class Shuffled extends Turns {
    private final List<Turn> ready;
    private final Random random;

    Shuffled(List<Turn> ready, Random random) {
      super(ready);
      this.ready = ready;
      this.random = random;
    }

    @Override
    boolean switches() {
      return random.nextBoolean();
    }

    @Override
    boolean defers() {
      return random.nextInt(ready.size() + 1) == 0;
    }

    @Override
    Turn next() {
      int chosen = random.nextInt(ready.size());
      Turn next = ready.get(chosen);
      // The last one takes its place, which costs the same for any number of them.
      ready.set(chosen, ready.getLast());
      ready.removeLast();
      return next;
    }
  }
}
