package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/** An iterator has no nulls: for those who give one, null says that there is nothing more. */
final class Nulls {

  private Nulls() {}

  static <T> T refuse(@Nullable T item, String giver) {
    return refuse(item, giver, "element; leave it out, or give an Optional");
  }

  static <K> K refuseKey(@Nullable K key, String giver) {
    return refuse(key, giver, "key; give an Optional");
  }

  static <I> I refuseItems(@Nullable I items, String giver) {
    return refuse(items, giver, "iterable; for nothing give List.of()");
  }

  private static <T> T refuse(@Nullable T given, String giver, String wanted) {
    if (given == null) {
      throw new NullPointerException(giver + " gave null, which is no " + wanted);
    }
    return given;
  }
}
