package dev.tandem.internal;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A group that its maker's thread is not inside of: the thread goes on, and ends the group when it
 * likes, but at the latest when it leaves the scope that was its innermost at the time.
 */
public abstract class AttachedGroup extends Group {

  private final AtomicBoolean closing = new AtomicBoolean();

  @SuppressWarnings("this-escape") // it is asked only by those who look at a wait
  private final Latch over = new Latch(() -> Awaited.endOf(this, size()));

  /** A group of the current thread, which need not be in a scope. */
  protected AttachedGroup(@Nullable Context current) {
    this(current, current == null ? null : current.scope());
  }

  /** A group of the current thread, bound to {@code around}, which the thread may be inside of. */
  protected AttachedGroup(@Nullable Context current, @Nullable Scope around) {
    super(
        current == null ? Context.of(RealRuntime.INSTANCE, Thread.currentThread()) : current,
        around);
  }

  /** Ends the group: cancels what still runs, and waits for it. Must not throw. */
  protected abstract void end();

  /** Ends the group, if nobody has; returns when it is over, whoever ended it. */
  public final void close() {
    if (!closing.compareAndSet(false, true)) {
      awaitOver();
      return;
    }
    try {
      end();
    } finally {
      Observing.closed(this);
      detach();
      over.open();
    }
  }

  /** Binds the group to the scope its maker is in. */
  protected final void attach() {
    Scope around = parent;
    if (around != null) {
      around.attach(this);
    }
    Observing.opened(this);
    // Whoever closes the one around sets its mark and then looks what is attached; so one of the
    // two finds the other.
    if (around instanceof AttachedGroup beside && beside.closing.get()) {
      close();
    }
  }

  /** The group is over. */
  private void detach() {
    context.waitedThrough();
    Scope around = parent;
    if (around != null) {
      around.detach(this);
    }
  }

  private void awaitOver() {
    boolean interrupted = false;
    while (!over.isOpen()) {
      try {
        over.awaitThroughCancellation(TaskRuntime.NEVER);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    context.waitedThrough();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * That this group is cancelled, as one that is closed always is, explains no interrupt of a
   * thread that is beside it.
   */
  @Override
  final @Nullable InterruptedException interruptedWhileJoining() {
    Scope around = parent;
    if (around != null && context == Context.current()) {
      return context.interruptedWhileJoining(around);
    }
    Thread.interrupted();
    return new InterruptedException();
  }

  @Override
  final void reach(Collection<Scope> reached) {
    passOn(reached);
  }

  @Override
  final void rouse() {
    // The thread it was made on is beside it.
  }
}
