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
  private boolean stands;

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
   * @return false when one of them is not free; then this stands nowhere
   */
  boolean stand() {
    stands = true;
    for (int i = 0; i < places.size(); i++) {
      if (!places.get(i).stand()) {
        stands = !leaveFirst(i);
        return stands;
      }
    }
    return true;
  }

  /** Leaves the first places; false when one was called: then this has been claimed, or will be. */
  private boolean leaveFirst(int count) {
    boolean left = true;
    for (ClausePlace<?, ?, ?> place : places.subList(0, count)) {
      left &= place.leave();
    }
    return left;
  }

  /**
   * With all locks held, does the first that can be done.
   *
   * @return what remains to be done; null when nothing can be done yet
   * @throws QueueShutDownException when nothing ever can
   */
  @Nullable Work<? extends R, ? extends X> now() {
    boolean over = true;
    for (ClausePlace<?, ? extends R, ? extends X> place : places) {
      if (place.now()) {
        return place.rest();
      }
      over &= place.isOver();
    }
    if (over) {
      throw QueueShutDownException.nothingLeft(null);
    }
    return null;
  }

  /** With all locks held, joins the lines of all that can be done some time. */
  void join() {
    stands = true;
    for (ClausePlace<?, ?, ?> place : places) {
      if (!place.isOver()) {
        place.join();
      }
    }
  }

  /** Looks whether the wait ends, before it parks. */
  void look() {
    places.getFirst().look();
  }

  /** Leaves all places but the one that was served. */
  void leave() {
    if (stands) {
      int served = claimedBy();
      for (int i = 0; i < places.size(); i++) {
        if (i != served) {
          places.get(i).leave();
        }
      }
    }
  }

  /** What remains to be done where this was served; null when it was not. */
  @Nullable Work<? extends R, ? extends X> served() {
    int served = claimedBy();
    return served < 0 ? null : places.get(served).rest();
  }
}
