package dev.tandem.flow;

/** A subscription ended because its subscriber had no room for an item. */
public final class SlowSubscriberException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  SlowSubscriberException(int capacity) {
    super(
        "an item was published while "
            + capacity
            + " others had not been taken yet, and so the subscription has ended; take faster, or"
            + " choose more capacity or another policy");
  }
}
