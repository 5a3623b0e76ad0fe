package dev.tandem;

import dev.tandem.internal.Backstage;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Group;
import dev.tandem.internal.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cause of every cancellation: what the runtime passes on, with the words for people. */
final class StopCause extends CancelCause {

  /** What brought the cancellation about; decides how the scope's end is told. */
  enum Kind {
    /** Somebody called {@code cancel}. */
    REQUEST,
    /** The body or a child failed. */
    FAILURE,
    /** A deadline passed. */
    DEADLINE,
    /** The thread was interrupted from outside. */
    INTERRUPT,
    /** The work a daemon served is done. */
    WORK_DONE
  }

  /** A switch for the hunt after a cancellation that nobody expected. */
  private static final boolean ALWAYS_TRACED = Boolean.getBoolean("tandem.cancel.traces");

  static {
    Backstage.lend(new Lent());
  }

  final Kind kind;
  private final Cancellation cancellation;
  private final String message;

  StopCause(Kind kind, String reason, @Nullable Throwable behind) {
    this.kind = kind;
    this.cancellation = new Cancellation(reason, currentPath(), behind);
    this.message = "cancelled: " + cancellation;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** The words of whatever cause reached a scope. */
  static Cancellation cancellation(CancelCause cause) {
    return ((StopCause) cause).cancellation();
  }

  @Override
  public InterruptedException exception(boolean traced) {
    return new CancelledException(message, cancellation, traced || ALWAYS_TRACED);
  }

  @Override
  public String requester() {
    return cancellation.requester();
  }

  @Override
  public String toString() {
    return cancellation().toString();
  }

  private static String currentPath() {
    Scope scope = Context.currentScope();
    return scope == null ? "" : scope.path();
  }

  /** For the packages that come after this one. */
  private static final class Lent extends Backstage {

    @Override
    public CancelCause requested(String reason) {
      return new StopCause(Kind.REQUEST, reason, null);
    }

    @Override
    public CancelCause interrupted(String reason) {
      return new StopCause(Kind.INTERRUPT, reason, null);
    }

    @Override
    public CancelCause failed(String path, Throwable failure) {
      return new StopCause(Kind.FAILURE, path + " failed: " + Words.of(failure), failure);
    }

    @Override
    public boolean acknowledges(
        Throwable thrown, boolean cancelled, boolean interruptSent, Context context) {
      return Endings.acknowledges(thrown, cancelled, interruptSent, context);
    }

    @Override
    public List<? extends Throwable> behind(String path, Throwable stopped) {
      if (!Endings.isMereInterrupt(stopped)) {
        return List.of(stopped);
      }
      var failures = new Failures();
      failures.addBroughtAlong(() -> path, stopped);
      return failures.kept();
    }

    @Override
    public Group scope(Object group) {
      return ((TaskGroup) group).scope();
    }

    @Override
    public IllegalStateException misuse(String message) {
      return new StructureException(message);
    }
  }
}
