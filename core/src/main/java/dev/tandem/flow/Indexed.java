package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;

/**
 * An element and its number, as Python's {@code enumerate} gives them.
 *
 * <pre>{@code
 * for (var each : Indexed.over(fruits)) {
 *   println(each.index() + " " + each.item());
 * }
 * }</pre>
 *
 * @param index from 0, if nobody said otherwise
 * @param item the element
 */
public record Indexed<T>(long index, T item) {

  /**
   * The elements of any iterable with their numbers, from 0. For an {@link AsyncIterator} as a stage
   * of its own see {@link AsyncIterator#indexed()}.
   */
  public static <T> Iterable<Indexed<T>> over(Iterable<? extends T> items) {
    return over(items, 0);
  }

  /** Like {@link #over(Iterable)}; the number of the first element is {@code first}. */
  public static <T> Iterable<Indexed<T>> over(Iterable<? extends T> items, long first) {
    requireNonNull(items, "items");
    return () -> new Numbering<>(items.iterator(), first);
  }

  private static final class Numbering<T> implements Iterator<Indexed<T>> {

    private final Iterator<? extends T> items;
    private long index;

    Numbering(Iterator<? extends T> items, long first) {
      this.items = items;
      this.index = first;
    }

    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public Indexed<T> next() {
      return new Indexed<>(index++, items.next());
    }
  }
}
