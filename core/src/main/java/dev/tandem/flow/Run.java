package dev.tandem.flow;

import dev.tandem.internal.AttachedGroup;
import dev.tandem.internal.Backstage;
import dev.tandem.internal.Context;
import dev.tandem.internal.Scope;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline: everything that its stages start belongs to it. It is bound to the scope
 * in which the pipeline was made, or, if the consumer is inside another one, to the consumer's.
 */
final class Run extends AttachedGroup {

  private static final System.Logger LOG = System.getLogger(Run.class.getName());

  private final Stage<?> last;
  private final Closing closing = new Closing();

  // Volatile: set by whoever closes the pipeline, read by the scope that may be closing it.
  private volatile boolean askedFor;

  private Run(Stage<?> last, @Nullable Context current, @Nullable Scope home) {
    super(current, home);
    this.last = last;
  }

  /** A run of the current thread. */
  static Run of(Stage<?> last, @Nullable Scope madeIn) {
    Context current = Context.current();
    Scope here = current == null ? null : current.scope();
    if (here == null) {
      return new Run(last, current, madeIn != null && madeIn.isInhabited() ? madeIn : null);
    }
    boolean inside = madeIn != null && here.isInside(madeIn);
    return new Run(last, current, inside ? madeIn : here);
  }

  /** From now on the scope around closes this, if nobody does before. */
  void bind() {
    attach();
    Scope around = parent();
    if (around != null && around.context() != context() && !around.isInhabited()) {
      // It is the scope of another thread, which has left it just now.
      close();
    }
  }

  /** True when the current thread is one that closing would wait for. */
  boolean isInside() {
    Scope here = Context.currentScope();
    return here != null && here.isInside(this);
  }

  /** Closes every stage, and returns what failed in that. */
  @Nullable Throwable closeAll() {
    askedFor = true;
    close();
    return closing.take();
  }

  @Override
  protected void end() {
    last.endHere(closing);
    Backstage causes = Backstage.get();
    InterruptedException outside =
        join(
            causes.interrupted("the thread that closes an iterator was interrupted"),
            causes.requested("the iterator is closed"));
    if (!askedFor) {
      tellNotClosed(closing.take());
    }
    if (outside != null) {
      Thread.currentThread().interrupt();
    }
  }

  /** The scope around has nobody to throw it to. */
  static void tellNotClosed(@Nullable Throwable failure) {
    tell("closing an iterator that was left open failed", failure);
  }

  /** Nobody has come as far as this failure. */
  static void tellNotReached(@Nullable Throwable failure) {
    tell("a failure in an iterator that was left before it", failure);
  }

  private static void tell(String what, @Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    try {
      LOG.log(Level.WARNING, what, failure);
    } catch (RuntimeException | Error ofTheLog) {
      // Whoever leaves a scope must get out of it.
      Thread.yield();
    }
  }
}
