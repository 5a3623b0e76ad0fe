package dev.tandem.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cancellation goes from a scope to everything inside it. Nobody is woken before everybody is
 * cancelled: the first to wake up may break what the others use, a connection above all, which the
 * interrupt itself closes.
 */
final class Cancelling {

  private Cancelling() {}

  /** Like {@link Scope#cancel} for each of several, all of them before any is woken. */
  static void all(Collection<? extends Scope> scopes, CancelCause cause) {
    List<Scope> claimed = new ArrayList<>(scopes.size());
    List<@Nullable Runnable> tellings = new ArrayList<>();
    for (Scope scope : scopes) {
      Runnable telling = Observing.cancelAsked(scope, cause);
      cause.asked(scope.context.runtime());
      if (scope.claim(cause)) {
        claimed.add(scope);
        tellings.add(telling);
      }
    }
    claimed(claimed, cause);
    tellings.forEach(Observing::tell);
  }

  /** Cancels what is inside scopes that were claimed, wakes all, and has them looked after. */
  static void claimed(List<Scope> claimed, CancelCause cause) {
    try {
      go(new ArrayList<>(claimed), claimed.size(), cause);
    } finally {
      for (Scope scope : claimed) {
        OverdueBody.watch(scope, cause);
      }
    }
  }

  /** Cancels what is inside {@code scope}, whose own thread claimed it and needs no waking. */
  static void inside(Scope scope, CancelCause cause) {
    List<Scope> reached = new ArrayList<>();
    scope.passOn(reached);
    go(reached, 0, cause);
  }

  /**
   * Level by level and not by recursion: a tree of tasks may be deeper than a stack.
   *
   * @param reached those that are cancelled already, so many, and then those that are to be
   */
  private static void go(List<Scope> reached, int claimed, CancelCause cause) {
    int cancelled = claimed;
    try {
      for (int i = 0; i < claimed; i++) {
        reached.get(i).reach(reached);
      }
      for (int i = claimed; i < reached.size(); i++) {
        Scope next = reached.get(i);
        if (next.claim(cause)) {
          // In the place of one before it that somebody else has cancelled, and will wake.
          reached.set(cancelled++, next);
        }
        // Whoever that is may not have come as far as to its children.
        next.reach(reached);
      }
    } finally {
      // Also when memory runs out: who is cancelled must be woken.
      rouse(reached, cancelled);
    }
  }

  private static void rouse(List<Scope> reached, int count) {
    Error lack = null;
    for (int i = 0; i < count; i++) {
      try {
        reached.get(i).rouse();
      } catch (Error ofStackOrMemory) {
        lack = ofStackOrMemory;
      }
    }
    if (lack != null) {
      throw lack;
    }
  }
}
