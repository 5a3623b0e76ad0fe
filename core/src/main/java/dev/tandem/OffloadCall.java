package dev.tandem;

import dev.tandem.Outcome.Success;
import dev.tandem.StopCause.Kind;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Baggage;
import dev.tandem.internal.CancelCause;
import dev.tandem.internal.Context;
import dev.tandem.internal.Group;
import dev.tandem.internal.HostedFiber;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One offloaded work: the only child of a group in which its caller waits. Owns a permit. */
final class OffloadCall<T extends @Nullable Object> extends HostedFiber {

  private static final System.Logger LOG = System.getLogger("dev.tandem.offload");

  private final OffloadSite site;
  private final String name;
  private final Work<T, ?> work;
  private final @Nullable Disposal<? super T> late;
  private final Baggage.@Nullable Around baggage;
  private final Latch ended = new Latch(this::awaited);

  // Written by the thread of the work, read by the caller after the latch opened or the join.
  private @Nullable Success<String, T> returned;
  private @Nullable Throwable thrown;
  private boolean interruptSent;

  /**
   * A work that has not been started.
   *
   * @param late what to do with a late result; null when the work cannot be abandoned
   */
  OffloadCall(
      OffloadSite site,
      Context context,
      String name,
      Work<T, ?> work,
      @Nullable Disposal<? super T> late,
      Baggage.@Nullable Around baggage) {
    super(new Group(null, context), site.host());
    this.site = site;
    this.name = name;
    this.work = work;
    this.late = late;
    this.baggage = baggage;
  }

  OffloadSite site() {
    return site;
  }

  @Override
  public String label() {
    return name;
  }

  /** Called once, by the thread that waits for the work. */
  T execute() throws Throwable {
    Group group = group();
    Context caller = group.context();
    InterruptedException stopped = null;
    InterruptedException outside;
    caller.enter(group);
    try {
      start();
      ended.await(TaskRuntime.NEVER);
    } catch (InterruptedException interrupt) {
      stopped = interrupt;
      stop(interrupt);
    } finally {
      outside = group.join(interrupted(), new StopCause(Kind.WORK_DONE, "it is done", null));
      caller.leave(group);
    }
    return conclude(stopped, outside);
  }

  @Override
  protected Baggage.@Nullable Around baggage() {
    return baggage;
  }

  @Override
  protected void body() throws Throwable {
    returned = new Success<>(name, work.run());
  }

  @Override
  protected void over(@Nullable Throwable failure, boolean sent) {
    thrown = failure;
    interruptSent = sent;
    try {
      if (!concludes()) {
        disposeOfLateEnd();
      }
    } finally {
      site.ended(this);
      ended.open();
    }
  }

  private void start() {
    if (!site.crew().join(this)) {
      site.ended(this);
      throw site.closed(name);
    }
    try {
      group().start(this);
    } catch (RejectedExecutionException refusal) {
      throw site.refused(name, refusal);
    }
  }

  /** The caller was told to stop. */
  private void stop(InterruptedException why) {
    Group group = group();
    if (group.effectiveCause() == null) {
      group.cancelFromInside(interrupted());
    }
    CancelCause cause = group.effectiveCause();
    if (cause != null) {
      cancel(cause);
    }
    if (!withdraw(why) && late != null && abandon()) {
      site.crew().abandoned(this);
    }
  }

  private T conclude(@Nullable InterruptedException stopped, @Nullable InterruptedException outside)
      throws Throwable {
    if (stopped != null && isAbandoned()) {
      throw stopped;
    }
    Throwable failure = thrown;
    if (failure != null && isAnswer(failure)) {
      throw withWhatElseWentWrong(news(stopped, failure), failure);
    }
    // The work's end is what counts; an interrupt from outside is not lost over it.
    if (outside != null || (stopped != null && !(stopped instanceof CancelledException))) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    if (returned == null) {
      throw new AssertionError("the work ended without an outcome");
    }
    return returned.value();
  }

  private Awaited awaited() {
    return Awaited.of("offloaded work").named(name).heldBy(List.of(this));
  }

  private boolean isAnswer(Throwable failure) {
    return Endings.acknowledges(failure, ownCause() != null, interruptSent, context());
  }

  private InterruptedException news(@Nullable InterruptedException stopped, Throwable failure) {
    CancelCause cause = ownCause();
    if (stopped != null) {
      return stopped;
    }
    return failure instanceof InterruptedException || cause == null
        ? (InterruptedException) failure
        : cause.exception(true);
  }

  private static InterruptedException withWhatElseWentWrong(
      InterruptedException news, Throwable failure) {
    if (failure != news && !Endings.isMereInterrupt(failure)) {
      news.addSuppressed(failure);
    }
    return news;
  }

  private void disposeOfLateEnd() {
    Throwable failure = thrown;
    try {
      if (failure == null && returned != null && late != null) {
        // Whatever the work has left behind, closing may have to block.
        Thread.interrupted();
        late.dispose(returned.value());
      } else if (failure != null && !(isAnswer(failure) && Endings.isMereInterrupt(failure))) {
        LOG.log(Level.WARNING, "work " + path() + " was abandoned, and then failed", failure);
      }
    } catch (Throwable broken) {
      LOG.log(Level.WARNING, "the late result of work " + path() + " was not disposed of", broken);
    }
  }

  private StopCause interrupted() {
    return new StopCause(Kind.INTERRUPT, "the caller of " + path() + " was interrupted", null);
  }
}
