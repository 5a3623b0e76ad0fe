package dev.tandem.flow;

import java.util.Comparator;

/** The queues that tests try everything with. */
enum Kind {
  RENDEZVOUS,
  ONE,
  TWO,
  TEN,
  HUNDRED,
  THOUSAND,
  UNBOUNDED,
  PRIORITY,
  PRIORITY_OF_TWO,
  LIFO,
  LIFO_OF_TWO;

  AsyncQueue<Integer> queue() {
    return switch (this) {
      case RENDEZVOUS -> AsyncQueue.rendezvous();
      case ONE -> AsyncQueue.bounded(1);
      case TWO -> AsyncQueue.bounded(2);
      case TEN -> AsyncQueue.bounded(10);
      case HUNDRED -> AsyncQueue.bounded(100);
      case THOUSAND -> AsyncQueue.bounded(1000);
      case UNBOUNDED -> AsyncQueue.unbounded();
      case PRIORITY -> AsyncQueue.priority(Comparator.<Integer>naturalOrder());
      case PRIORITY_OF_TWO -> AsyncQueue.priority(Comparator.<Integer>naturalOrder(), 2);
      case LIFO -> AsyncQueue.lifo();
      case LIFO_OF_TWO -> AsyncQueue.lifo(2);
    };
  }
}
