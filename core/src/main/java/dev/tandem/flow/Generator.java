package dev.tandem.flow;

/**
 * Code that puts out elements one after the other; what Python calls an async generator.
 *
 * @param <T> the elements
 * @param <X> what it throws, besides being interrupted; the loop throws it as itself
 */
@FunctionalInterface
public interface Generator<T, X extends Exception> {
  void run(Output<T> out) throws X, InterruptedException;
}
