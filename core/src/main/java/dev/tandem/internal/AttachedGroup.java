package dev.tandem.internal;

import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A group that its maker's thread is not inside of: the thread goes on, and ends the group when it
 * likes, but at the latest when it leaves the scope that was its innermost at the time.
 */
public abstract class AttachedGroup extends Group {

  /** A group of the current thread, which need not be in a scope. */
  protected AttachedGroup(@Nullable Context current) {
    super(
        null,
        current == null ? new Context(RealRuntime.INSTANCE, Thread.currentThread()) : current);
  }

  /** Ends the group: cancels what still runs, and waits for it. Must not throw. */
  protected abstract void close();

  /** Binds the group to the scope its maker is in. */
  protected final void attach() {
    Scope around = parent;
    if (around != null) {
      around.attach(this);
    }
  }

  /** The group is over. */
  protected final void detach() {
    context.joinedBeside();
    Scope around = parent;
    if (around != null) {
      around.detach(this);
    }
  }

  @Override
  final void reach(Queue<Scope> reached) {
    passOn(reached);
  }
}
