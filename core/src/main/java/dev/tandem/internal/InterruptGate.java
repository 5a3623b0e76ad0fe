package dev.tandem.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What passes through the gate of one thread: the interrupts that cancellers send it, told from
 * those of others. A superclass and not a part, for there is one per task.
 */
abstract class InterruptGate {

  /*
   * A canceller publishes the cause in the scope. If the thread may be in foreign blocking code it
   * is then interrupted, through the gate: with the gate held the canceller reads which scope the
   * thread is in and interrupts only if that one is cancelled. A thread that leaves a scope writes
   * its new scope first and then, if the scope it left was cancelled, takes the gate. So either the
   * canceller sees the new scope, or the leaving thread waits for the interrupt and clears it. Both
   * sides write, then read, volatile fields: one of them sees the other.
   */

  private static final VarHandle GATE;

  private static final int SPINS = 64;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(InterruptGate.class, "held", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private volatile boolean held;

  // The fields below are written under the gate, or by the thread itself while it holds it.
  private boolean interruptSent;
  private boolean cancelDelivered;
  private boolean interruptedFromOutside;

  // Only the thread itself reads and writes this one.
  private @Nullable InterruptedException outsideInterrupt;

  /** Whether an interrupt of ours was sent since the thread was last in no cancelled scope. */
  public final boolean wasInterrupted() {
    takeGate();
    try {
      return interruptSent;
    } finally {
      openGate();
    }
  }

  /** True when {@code thrown} is the very exception that reported an interrupt from outside. */
  public final boolean isFromOutside(@Nullable Throwable thrown) {
    return thrown != null && thrown == outsideInterrupt;
  }

  final void takeGate() {
    int tries = 0;
    while (!GATE.compareAndSet(this, false, true)) {
      if (++tries < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  final void openGate() {
    held = false;
  }

  /** Sends an interrupt of ours; the gate is held, and {@code sleeper} is known to be due it. */
  final void interrupt(Thread sleeper) {
    if (!interruptSent && !cancelDelivered && sleeper.isInterrupted()) {
      interruptedFromOutside = true;
    }
    interruptSent = true;
    sleeper.interrupt();
  }

  /** Takes back an interrupt of ours that is on its way, and its echo. */
  final void holdBack() {
    takeGate();
    try {
      if (interruptSent || cancelDelivered) {
        Thread.interrupted();
        interruptSent = false;
        // In there it is as if nothing had been told: an interrupt that comes is no echo.
        cancelDelivered = false;
      }
    } finally {
      openGate();
    }
  }

  /** Sends the interrupt that cancellers have held back. */
  final void interruptSelf() {
    takeGate();
    try {
      if (!interruptSent) {
        interruptedFromOutside |= !cancelDelivered && Thread.currentThread().isInterrupted();
        interruptSent = true;
        Thread.currentThread().interrupt();
      }
    } finally {
      openGate();
    }
  }

  /**
   * The thread has left a cancelled scope for {@code outer}: no interrupt of ours arrives any more,
   * and its interrupt status is as if the cancellation had never been.
   *
   * @return true when an interrupt of ours was sent while the thread was inside
   */
  final boolean clearFor(@Nullable Scope outer) {
    takeGate();
    try {
      boolean sent = interruptSent;
      // A flag that is up although nobody was told of the cancellation is not an echo of it.
      boolean up = Thread.currentThread().isInterrupted() && Thread.interrupted();
      interruptedFromOutside |= up && !sent && !cancelDelivered;
      // Read after the flag was cleared: whoever cancels the outer scope later interrupts again.
      boolean outerCancelled = outer != null && outer.effectiveCause() != null;
      interruptSent = outerCancelled;
      cancelDelivered = outerCancelled;
      if (outerCancelled || interruptedFromOutside) {
        interruptedFromOutside &= outerCancelled;
        Thread.currentThread().interrupt();
      }
      return sent;
    } finally {
      openGate();
    }
  }

  /** The thread is told of a cancellation by an exception, so the interrupt has done its work. */
  final void noteDelivery() {
    takeGate();
    try {
      // The same as when a scope is left.
      if (Thread.interrupted() && !interruptSent && !cancelDelivered) {
        interruptedFromOutside = true;
      }
      cancelDelivered = true;
    } finally {
      openGate();
    }
  }

  /**
   * Takes the flag down while the thread only waits for its turn, which it could not with the flag
   * up. Whoever cancels meanwhile finds noted that it was up.
   *
   * @return what to give to {@link #raiseFlag}
   */
  final boolean lowerFlag() {
    takeGate();
    try {
      boolean fromOutside = Thread.interrupted() && !interruptSent && !cancelDelivered;
      boolean noted = fromOutside && !interruptedFromOutside;
      interruptedFromOutside |= fromOutside;
      return noted;
    } finally {
      openGate();
    }
  }

  /** Puts up again what {@link #lowerFlag} took down. */
  final void raiseFlag(boolean noted) {
    takeGate();
    try {
      // Unless one of ours has come on top, the flag itself says it.
      interruptedFromOutside &= !noted || interruptSent;
      Thread.currentThread().interrupt();
    } finally {
      openGate();
    }
  }

  /** The thread cancels its own scope: a flag that is up by now is no echo of that. */
  final void noteInterrupt() {
    takeGate();
    try {
      interruptedFromOutside |=
          !interruptSent && !cancelDelivered && Thread.currentThread().isInterrupted();
    } finally {
      openGate();
    }
  }

  /**
   * The exception for an interrupt that is not of our making. The flag goes down, unless one of
   * ours has come on top: that one is still to be found by foreign code.
   */
  final InterruptedException interrupted() {
    takeGate();
    try {
      if (!interruptSent) {
        Thread.interrupted();
      }
      // A canceller may have noted the very interrupt that is told of now.
      interruptedFromOutside = false;
      return fromOutside();
    } finally {
      openGate();
    }
  }

  /**
   * An interrupt ended the wait for the children of {@code joining}, which must go on.
   *
   * @return the exception for it; null when it is, or passes for, that of a cancellation
   */
  final @Nullable InterruptedException interruptedWhileJoining(Scope joining) {
    takeGate();
    try {
      boolean echo = interruptSent || cancelDelivered;
      Thread.interrupted();
      if (echo) {
        return null;
      }
      if (joining.effectiveCause() == null) {
        return fromOutside();
      }
      interruptedFromOutside = true;
      cancelDelivered = true;
      return null;
    } finally {
      openGate();
    }
  }

  private InterruptedException fromOutside() {
    var plain = new InterruptedException("interrupted from outside Tandem");
    outsideInterrupt = plain;
    return plain;
  }
}
