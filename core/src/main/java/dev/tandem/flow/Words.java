package dev.tandem.flow;

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

  private static void count(StringBuilder words, String what, long number) {
    if (number > 0) {
      words.append(what).append(number);
    }
  }
}
