package dev.tandem.flow;

import dev.tandem.ItemWork;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** Takes an item. */
final class TakeClause<E, R, X extends Exception> extends Clause<R, X> {

  private final Exchange<E> exchange;
  private final ItemWork<? super E, ? extends R, X> work;

  TakeClause(Exchange<E> exchange, ItemWork<? super E, ? extends R, X> work) {
    this.exchange = exchange;
    this.work = work;
  }

  @Override
  Exchange<?> exchange() {
    return exchange;
  }

  @Override
  Attempt<R, X> attempt() {
    return new Take();
  }

  private final class Take implements Attempt<R, X> {

    private @Nullable Place<E> place;
    private @Nullable E item;

    @Override
    public Exchange<?> exchange() {
      return exchange;
    }

    @Override
    public boolean now() {
      item = exchange.take();
      if (item == null && exchange.isOver() && exchange.hasFailed()) {
        throw exchange.nothingLeft();
      }
      return item != null;
    }

    @Override
    public boolean isOver() {
      return exchange.isOver();
    }

    @Override
    public void join(Waiter waiter) {
      place = new Place<>(waiter, null);
      exchange.takers.join(place);
    }

    @Override
    public boolean leave() {
      if (place == null) {
        return false;
      }
      exchange.takers.leave(place);
      item = place.item;
      return place.served;
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
