package dev.tandem.interop;

/** Exceptions that pass through as themselves. */
final class Thrown {

  private Thrown() {}

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> RuntimeException asItself(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
