package dev.tandem.flow;

import dev.tandem.Combine;
import org.jspecify.annotations.Nullable;

/** The elements of two stages in pairs. */
final class Zip<A, B, T> extends Step<A, T> {

  private final Stage<B> other;
  private final Combine.Two<? super A, ? super B, ? extends T> together;

  // What has come of a pair.
  private @Nullable A left;
  private @Nullable B right;

  Zip(Stage<A> source, Stage<B> other, Combine.Two<? super A, ? super B, ? extends T> together) {
    super(source, "zip");
    other.takenBy("zip");
    this.other = other;
    this.together = together;
  }

  @Override
  void begins(Run current) {
    super.begins(current);
    other.begin(current);
  }

  @Override
  protected @Nullable T advance() throws Exception {
    if (left == null) {
      left = source.pull();
    }
    if (left != null && right == null) {
      right = other.pull();
    }
    if (left == null || right == null) {
      return null;
    }
    T pair = Nulls.refuse(together.apply(left, right), "the function of zip");
    left = null;
    right = null;
    return pair;
  }

  @Override
  void endSources(Closing closing) {
    super.endSources(closing);
    other.end(closing);
  }
}
