package dev.tandem.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/** Several arguments, checked at the door. */
public final class Lists {

  private Lists() {}

  /**
   * A copy of {@code items}.
   *
   * @throws NullPointerException when it, or one of them, is null; it names which, as in {@code
   *     name[1]}
   */
  public static <T> List<T> copyOf(List<? extends T> items, String name) {
    int place = 0;
    for (T item : requireNonNull(items, name)) {
      if (item == null) {
        throw new NullPointerException(name + "[" + place + "]");
      }
      place++;
    }
    return List.copyOf(items);
  }

  /** Like {@link #copyOf(List, String)}. */
  public static <T> List<T> copyOf(T[] items, String name) {
    return copyOf(Arrays.asList(requireNonNull(items, name)), name);
  }
}
