package dev.tandem.flow;

import dev.tandem.ItemWork;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** Takes an item. */
final class TakeClause<E, R, X extends Exception> extends Clause<R, X> {

  private final Outlet<E> outlet;
  private final ItemWork<? super E, ? extends R, X> work;

  TakeClause(Outlet<E> outlet, ItemWork<? super E, ? extends R, X> work) {
    this.outlet = outlet;
    this.work = work;
  }

  @Override
  WakingLock lock() {
    return outlet.lock();
  }

  @Override
  Attempt<R, X> attempt() {
    return new Take();
  }

  @Override
  @Nullable Attempt<R, X> await(long deadline) throws InterruptedException {
    E item = Waits.take(outlet, deadline);
    if (item == null) {
      return null;
    }
    var done = new Take();
    done.item = item;
    return done;
  }

  private final class Take implements Attempt<R, X> {

    private @Nullable Place<E> place;
    private @Nullable E item;

    @Override
    public WakingLock lock() {
      return outlet.lock();
    }

    @Override
    public boolean now() {
      item = outlet.take();
      if (item == null && outlet.isOver() && outlet.hasFailed()) {
        throw outlet.nothingLeft();
      }
      return item != null;
    }

    @Override
    public boolean isOver() {
      return outlet.isOver();
    }

    @Override
    public void join(Waiter waiter) {
      place = new ClausePlace<>(waiter, null);
      outlet.takers().join(place);
    }

    @Override
    public void look(Waiter waiter) {
      Spot<E> spot = outlet.spot();
      Spot.look(spot, waiter, Spot.looks(spot));
    }

    @Override
    public boolean leave() {
      if (place == null) {
        return false;
      }
      outlet.takers().leave(place);
      item = place.item;
      return item != null;
    }

    @Override
    public R finish() throws X, InterruptedException {
      if (item == null) {
        throw new AssertionError("nothing was taken");
      }
      return work.run(item);
    }
  }
}
