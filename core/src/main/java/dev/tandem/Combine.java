package dev.tandem;

import org.jspecify.annotations.Nullable;

/** Functions that put the results of a gather of different things together. */
public final class Combine {

  private Combine() {}

  /** Of two results. */
  @FunctionalInterface
  public interface Two<
      A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {
    R apply(A first, B second);
  }

  /** Of three results. */
  @FunctionalInterface
  public interface Three<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      R extends @Nullable Object> {
    R apply(A first, B second, C third);
  }

  /** Of four results. */
  @FunctionalInterface
  public interface Four<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      R extends @Nullable Object> {
    R apply(A first, B second, C third, D fourth);
  }

  /** Of five results. */
  @FunctionalInterface
  public interface Five<
      A extends @Nullable Object,
      B extends @Nullable Object,
      C extends @Nullable Object,
      D extends @Nullable Object,
      E extends @Nullable Object,
      R extends @Nullable Object> {
    R apply(A first, B second, C third, D fourth, E fifth);
  }
}
