package dev.tandem.flow;

import dev.tandem.internal.Awaited;

/** Queues in words. */
final class Words {

  private Words() {}

  static String describe(AsyncQueue.Statistics now) {
    var words = new StringBuilder("AsyncQueue[");
    if (now.capacity() == 0) {
      words.append("rendezvous");
    } else {
      words.append("size ").append(now.size());
      if (now.capacity() < Integer.MAX_VALUE) {
        words.append('/').append(now.capacity());
      }
    }
    count(words, ", waiting to put ", now.waitingPutters());
    count(words, ", waiting to take ", now.waitingTakers());
    count(words, ", unfinished ", now.unfinished());
    if (now.shutDown()) {
      words.append(", shut down");
    }
    return words.append(']').toString();
  }

  /** A wait for something that can be done with a queue. */
  static Awaited awaited(String operation, AsyncQueue.Statistics now) {
    Awaited wait = Awaited.of(operation);
    if (now.capacity() == 0) {
      return wait.in("rendezvous");
    }
    return wait.in(
        "queue " + now.size() + (now.capacity() < Integer.MAX_VALUE ? "/" + now.capacity() : ""));
  }

  private static void count(StringBuilder words, String what, long number) {
    if (number > 0) {
      words.append(what).append(number);
    }
  }
}
