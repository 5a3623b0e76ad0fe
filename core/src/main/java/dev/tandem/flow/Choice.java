package dev.tandem.flow;

import dev.tandem.Work;
import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One turn of a select: a wait at the queues of all clauses, for whichever comes first. */
final class Choice<R, X extends Exception> extends Waiter {

  private final List<ClausePlace<?, ? extends R, ? extends X>> places;

  /**
   * A choice of the current thread.
   *
   * @param context that of the current thread; null when it has none
   */
  Choice(@Nullable Context context, List<Clause<? extends R, ? extends X>> clauses) {
    super(context);
    places = new ArrayList<>(clauses.size());
    for (Clause<? extends R, ? extends X> clause : clauses) {
      places.add(clause.place(this, places.size()));
    }
  }

  @Override
  protected Awaited awaited() {
    return Awaited.of("select").in("any of " + places.size());
  }

  /**
   * Stands at all spots, without a lock. Between the first and the last somebody may come to any of
   * them; that one finds this choice, and claims it.
   *
   * @return false when one of them is not free; then this has left the spots again where nobody has
   *     seen it
   */
  boolean stand() {
    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).stand()) {
        retreat(i);
        return false;
      }
    }
    return true;
  }

  /** Whoever looks at a queue, or lines up there, moves who stands at the spot into the line. */
  private void retreat(int count) {
    for (int i = 0; i < count; i++) {
      places.get(i).leaveSpot();
    }
  }

  /** Whether nobody can know of this choice. */
  boolean isUnknown() {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).isTaken()) {
        return false;
      }
    }
    return true;
  }

  /**
   * With all locks held, does the first that can be done, or joins the lines of all that can be
   * done some time. Does neither when somebody has come to a spot: that one claims this choice.
   *
   * @return what remains to be done; null when this must wait
   * @throws QueueShutDownException when nothing can ever be done
   */
  @Nullable Work<? extends R, ? extends X> doOrJoin() {
    if (isCalled()) {
      return null;
    }
    // All locks are held, so nobody can claim this where it stands in a line already.
    boolean joined = false;
    try {
      Work<? extends R, ? extends X> done = now();
      if (done == null) {
        join();
        joined = true;
      }
      return done;
    } finally {
      if (!joined) {
        leaveLines();
      }
    }
  }

  private boolean isCalled() {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).isCalled()) {
        return true;
      }
    }
    return false;
  }

  /**
   * With all locks held, does the first that can be done.
   *
   * @return what remains to be done; null when nothing can be done yet
   * @throws QueueShutDownException when nothing ever can
   */
  @Nullable Work<? extends R, ? extends X> now() {
    boolean over = true;
    for (int i = 0; i < places.size(); i++) {
      ClausePlace<?, ? extends R, ? extends X> place = places.get(i);
      if (place.now()) {
        return place;
      }
      over &= place.isOver();
    }
    if (over) {
      throw QueueShutDownException.nothingToSelect();
    }
    return null;
  }

  private void join() {
    for (int i = 0; i < places.size(); i++) {
      places.get(i).join();
    }
  }

  private void leaveLines() {
    for (int i = 0; i < places.size(); i++) {
      places.get(i).leaveLine();
    }
  }

  /** Looks whether the wait ends, before it parks. */
  void look() {
    places.getFirst().look();
  }

  /** Leaves all places but the one that was served. */
  void leave() {
    int served = claimedBy();
    for (int i = 0; i < places.size(); i++) {
      if (i != served) {
        places.get(i).leave();
      }
    }
  }

  /** What remains to be done where this was served; null when it was not. */
  @Nullable Work<? extends R, ? extends X> served() {
    int served = claimedBy();
    return served < 0 ? null : places.get(served);
  }
}
