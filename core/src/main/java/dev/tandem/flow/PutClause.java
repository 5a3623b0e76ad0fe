package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Waiter;
import org.jspecify.annotations.Nullable;

/** Puts an item in. */
final class PutClause<E, R, X extends Exception> extends Clause<R, X> {

  private final Exchange<E> exchange;
  private final E item;
  private final Work<? extends R, X> then;

  PutClause(Exchange<E> exchange, E item, Work<? extends R, X> then) {
    this.exchange = exchange;
    this.item = item;
    this.then = then;
  }

  @Override
  Exchange<?> exchange() {
    return exchange;
  }

  @Override
  Attempt<R, X> attempt() {
    return new Put();
  }

  private final class Put implements Attempt<R, X> {

    private @Nullable Place<E> place;

    @Override
    public Exchange<?> exchange() {
      return exchange;
    }

    @Override
    public boolean now() {
      return exchange.put(item);
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public void join(Waiter waiter) {
      place = new Place<>(waiter, item);
      exchange.putters.join(place);
    }

    @Override
    public boolean leave() {
      if (place == null) {
        return false;
      }
      exchange.putters.leave(place);
      return place.served;
    }

    @Override
    public R finish() throws X, InterruptedException {
      return then.run();
    }
  }
}
