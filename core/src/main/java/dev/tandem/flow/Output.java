package dev.tandem.flow;

/**
 * Where a generator puts its elements.
 *
 * @param <T> the elements
 */
public interface Output<T> {

  /**
   * Puts out an element; Python's {@code yield}. Returns when somebody has asked for it, or when
   * there is room for it. May be called by several tasks of the generator.
   *
   * @throws NullPointerException when the element is null
   * @throws IllegalStateException when the generator has returned
   * @throws dev.tandem.CancelledException when the iterator was closed, or a scope was cancelled;
   *     then nobody will have the element
   * @throws InterruptedException when the thread was interrupted from outside; likewise
   */
  void emit(T item) throws InterruptedException;

  /** Puts out one element after the other; Python's {@code yield from}. See {@link #emit}. */
  default void emitAll(Iterable<? extends T> items) throws InterruptedException {
    for (T item : items) {
      emit(item);
    }
  }
}
