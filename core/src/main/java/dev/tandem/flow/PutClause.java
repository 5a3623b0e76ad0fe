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
  WakingLock lock() {
    return inlet.lock();
  }

  @Override
  Attempt<R, X> attempt() {
    return new Put();
  }

  @Override
  @Nullable Attempt<R, X> await(long deadline) throws InterruptedException {
    return Waits.put(inlet, item, deadline) ? new Put() : null;
  }

  private final class Put implements Attempt<R, X> {

    private @Nullable Place<E> place;

    @Override
    public WakingLock lock() {
      return inlet.lock();
    }

    @Override
    public boolean now() {
      return inlet.put(item);
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public void join(Waiter waiter) {
      place = new ClausePlace<>(waiter, item);
      inlet.putters().join(place);
    }

    @Override
    public void look(Waiter waiter) {
      Spot<E> spot = inlet.spot();
      Spot.look(spot, waiter, Spot.looks(spot));
    }

    @Override
    public boolean leave() {
      if (place == null) {
        return false;
      }
      inlet.putters().leave(place);
      return place.item == null;
    }

    @Override
    public R finish() throws X, InterruptedException {
      return then.run();
    }
  }
}
