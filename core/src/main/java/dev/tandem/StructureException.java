package dev.tandem;

/** A task, group or deadline was used from a thread that is not part of its tree. */
public final class StructureException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  StructureException(String message) {
    super(message);
  }
}
