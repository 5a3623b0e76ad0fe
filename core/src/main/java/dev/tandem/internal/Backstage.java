package dev.tandem.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dev.tandem} keeps from its users but lends to the packages that come after it: causes
 * of cancellation, and the judgement of what a cancelled body threw.
 */
public abstract class Backstage {

  // Volatile: set once, when the class that lends is initialized.
  private static volatile @Nullable Backstage lent;

  protected Backstage() {}

  /** Called once, by the one who lends. */
  public static void lend(Backstage backstage) {
    lent = backstage;
  }

  public static Backstage get() {
    Backstage known = lent;
    return known == null ? find() : known;
  }

  private static Backstage find() {
    try {
      // This package knows no other; the name is of a class that lends when it is initialized.
      Class.forName("dev.tandem.StopCause");
    } catch (ClassNotFoundException e) {
      throw new ExceptionInInitializerError(e);
    }
    Backstage known = lent;
    if (known == null) {
      throw new AssertionError("dev.tandem.StopCause has lent nothing");
    }
    return known;
  }

  /** Somebody wants it to end. */
  public abstract CancelCause requested(String reason);

  /** The thread that waits for it was interrupted from outside. */
  public abstract CancelCause interrupted(String reason);

  /** Something in it failed. */
  public abstract CancelCause failed(String path, Throwable failure);

  /** True when code in a cancelled scope threw {@code thrown} because it was cancelled. */
  public abstract boolean acknowledges(
      Throwable thrown, boolean cancelled, boolean interruptSent, Context context);

  /** The failures that a stopped body brings along, or is; empty when it was merely stopped. */
  public abstract List<? extends Throwable> behind(String path, Throwable stopped);

  /** The scope of {@code group}, which is a task group. */
  public abstract Group scope(Object group);

  /** Somebody does what only others may do. */
  public abstract IllegalStateException misuse(String message);
}
