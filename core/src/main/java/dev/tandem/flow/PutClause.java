package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** Puts an item in. */
final class PutClause<E, R, X extends Exception> extends Clause<R, X> {

  private final Inlet<E> inlet;
  private final E item;
  private final Work<? extends R, X> then;

  PutClause(Inlet<E> inlet, E item, Work<? extends R, X> then) {
    this.inlet = inlet;
    this.item = item;
    this.then = then;
  }

  @Override
  WakingLock mutex() {
    return inlet.mutex();
  }

  @Override
  @Nullable Spot<E> spot() {
    return inlet.spot();
  }

  @Override
  @Nullable Work<? extends R, ? extends X> meet() {
    return inlet.putAtSpot(item) ? then : null;
  }

  @Override
  ClausePlace<E, R, X> place(Waiter choice, int number) {
    return new Put(choice, number);
  }

  @Override
  @Nullable Work<? extends R, ? extends X> await(long deadline) throws InterruptedException {
    return Waits.put(inlet, item, deadline) ? then : null;
  }

  private final class Put extends ClausePlace<E, R, X> {

    Put(Waiter choice, int number) {
      super(choice, number, PutClause.this.item);
    }

    @Override
    WakingLock mutex() {
      return inlet.mutex();
    }

    @Override
    @Nullable Spot<E> spot() {
      return inlet.spot();
    }

    @Override
    Line<E> line() {
      return inlet.putters();
    }

    @Override
    boolean now() {
      return inlet.put(PutClause.this.item);
    }

    @Override
    boolean isOver() {
      return false;
    }

    @Override
    public R run() throws X, InterruptedException {
      return then.run();
    }
  }
}
