package dev.tandem;

/** A child was to be started in a group that has ended. */
public final class GroupEndedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  GroupEndedException(String group) {
    super(
        group
            + " has ended and takes no more children; start them before its body and its other"
            + " children are done");
  }
}
