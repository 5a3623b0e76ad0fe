package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.ItemWork;
import dev.tandem.Work;
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
  WakingLock mutex() {
    return outlet.mutex();
  }

  @Override
  @Nullable Spot<E> spot() {
    return outlet.spot();
  }

  @Override
  @Nullable Work<R, X> meet() {
    return workOn(outlet.takeAtSpot());
  }

  @Override
  ClausePlace<E, R, X> place(Waiter choice, int number) {
    return new Take(choice, number);
  }

  @Override
  @Nullable Work<R, X> await(long deadline) throws InterruptedException {
    return workOn(Waits.take(outlet, deadline));
  }

  private @Nullable Work<R, X> workOn(@Nullable E item) {
    return item == null ? null : new Taken<>(item, work);
  }

  /** An item, and what is to be made of it. */
  private record Taken<E, R, X extends Exception>(E item, ItemWork<? super E, ? extends R, X> work)
      implements Work<R, X> {
    @Override
    public R run() throws X, InterruptedException {
      return work.run(item);
    }
  }

  private final class Take extends ClausePlace<E, R, X> {

    Take(Waiter choice, int number) {
      super(choice, number, null);
    }

    @Override
    WakingLock mutex() {
      return outlet.mutex();
    }

    @Override
    @Nullable Spot<E> spot() {
      return outlet.spot();
    }

    @Override
    Line<E> line() {
      return outlet.takers();
    }

    @Override
    boolean now() {
      item = outlet.take();
      if (item == null && outlet.isOver() && outlet.hasFailed()) {
        throw outlet.nothingLeft();
      }
      return item != null;
    }

    @Override
    boolean isOver() {
      return outlet.isOver();
    }

    @Override
    public R run() throws X, InterruptedException {
      return work.run(requireNonNull(item, "item"));
    }
  }
}
