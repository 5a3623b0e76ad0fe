package dev.tandem.docs.examples;

import dev.tandem.flow.AsyncIterator;
import java.util.List;

/** What a generator needs that is not assigned to a variable: its types. */
final class Numbers {

  private Numbers() {}

  static List<Integer> bothWays() throws InterruptedException {
    AsyncIterator<Integer> ones = AsyncIterator.generate(out -> out.emit(1));
    List<Integer> twos = ones.map(x -> x + 1).toList();
    return AsyncIterator.<Integer, InterruptedException>generate(out -> out.emit(1))
        .map(x -> x + twos.getFirst())
        .toList();
  }
}
