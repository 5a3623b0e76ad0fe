package dev.tandem.flow;

import org.jspecify.annotations.Nullable;

/**
 * A stage that has one before it, and no resources of its own.
 *
 * @param <S> what comes
 * @param <T> what goes
 */
abstract class Step<S, T> extends AsyncIterator<T> {

  final Stage<S> source;

  Step(Stage<S> source, String operator) {
    super(false);
    source.takenBy(operator);
    this.source = source;
  }

  @Override
  protected abstract @Nullable T advance() throws Exception;

  @Override
  void begins(Run current) {
    source.begin(current);
  }

  @Override
  void release(Closing closing) {}

  @Override
  void endSources(Closing closing) {
    source.end(closing);
  }
}
