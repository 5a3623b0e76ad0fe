package dev.tandem.flow;

/** Items of which the last to come in is the first to come out. */
final class Stack<E> extends Ring<E> {

  Stack(int capacity) {
    super(capacity);
  }

  @Override
  public void putBack(E item) {
    add(item);
  }

  @Override
  public E remove() {
    return removeLast();
  }
}
