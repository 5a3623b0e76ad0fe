package dev.tandem.flow;

/** Exceptions that a method has declared before it is another's turn to throw them. */
final class Sneaky {

  private Sneaky() {}

  /** Rethrows as itself what a generic signature has already declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <X extends Throwable> RuntimeException rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /** For where nothing is declared, because {@link java.util.Iterator} cannot. */
  static RuntimeException undeclared(Throwable thrown) {
    throw Sneaky.<RuntimeException>rethrow(thrown);
  }
}
