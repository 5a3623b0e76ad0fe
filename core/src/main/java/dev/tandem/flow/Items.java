package dev.tandem.flow;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What comes out, one after the other, until it is over. */
final class Items<E> implements Iterator<E> {

  private final Outlet<E> outlet;
  private @Nullable E next;

  Items(Outlet<E> outlet) {
    this.outlet = outlet;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = Waits.next(outlet);
      } catch (InterruptedException stopped) {
        throw Items.<RuntimeException>rethrow(stopped);
      }
    }
    return next != null;
  }

  @Override
  public E next() {
    E item = hasNext() ? next : null;
    if (item == null) {
      throw new NoSuchElementException("the queue has been shut down and nothing is left");
    }
    next = null;
    return item;
  }

  /** An iterator cannot declare that waiting is interrupted. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
