package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** A queue between the tasks of a stage and the one who asks it, who may have left. */
final class Pipe<T> {

  private final AsyncQueue<T> queue;

  /** With room for so many; for none, an element is handed over when it is asked for. */
  Pipe(int room) {
    queue = room == 0 ? AsyncQueue.rendezvous() : AsyncQueue.bounded(room);
    queue.exchange.isOf("iterator");
  }

  /**
   * Hands an element over, or puts it where there is room, waiting in turn for that.
   *
   * @return false when nobody wants it any more
   * @throws InterruptedException when cancelled or interrupted; then nobody will have it
   */
  boolean put(T item) throws InterruptedException {
    try {
      queue.put(item);
      return true;
    } catch (QueueShutDownException finished) {
      return false;
    }
  }

  /**
   * Waits for the next element.
   *
   * @return null when there is none left, and none to come
   * @throws InterruptedException when cancelled or interrupted; then nothing was taken
   */
  @Nullable T take() throws InterruptedException {
    return queue.next().orElse(null);
  }

  /** True when there is nothing to take at once. */
  boolean isEmpty() {
    return queue.size() == 0;
  }

  /** Nothing more is to come; what is there is still given out. */
  void finish() {
    queue.shutdown();
  }

  /** Nobody asks any more; what is there is dropped. */
  void shut() {
    queue.shutdownNow();
  }
}
