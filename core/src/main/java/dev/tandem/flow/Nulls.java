package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** An iterator has no nulls: for those who give one, null says that there is nothing more. */
final class Nulls {

  private Nulls() {}

  static <T> T refuse(@Nullable T item, String giver) {
    if (item == null) {
      throw new NullPointerException(
          giver + " gave null, which is no element; leave it out, or give an Optional");
    }
    return item;
  }
}
