package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A task that is resumed is counted as running before it can know: it may look, see that its wait
 * is over, and wait again, before the one who ended the wait has come to counting.
 */
final class ResumptionTest {

  private final List<String> told = new ArrayList<>();

  @Test
  void signal_wins_countsBeforeTheWaitIsOver() throws Throwable {
    Context.callOn(
        new Recording(),
        context -> {
          var waiter = new Waiter();
          assertTrue(waiter.signal());
          assertEquals(List.of("resumes while waiting: true"), told);
          return true;
        });
  }

  @Test
  void signal_comesTooLate_countsNothing() throws Throwable {
    Context.callOn(
        new Recording(),
        context -> {
          var waiter = new Waiter();
          waiter.timedOut();
          told.clear();
          assertFalse(waiter.signal());
          assertEquals(List.of(), told);
          return true;
        });
  }

  @Test
  void signal_anotherComesInBetween_isTakenBack() throws Throwable {
    Context.callOn(
        new Recording() {
          @Override
          public void resumes(Waiter waiter) {
            boolean first = told.isEmpty();
            super.resumes(waiter);
            if (first) {
              waiter.timedOut();
            }
          }
        },
        context -> {
          var waiter = new Waiter();
          assertFalse(waiter.signal());
          assertEquals(
              List.of("resumes while waiting: true", "resumes while waiting: true", "by another"),
              told);
          return true;
        });
  }

  private class Recording implements TaskRuntime {

    @Override
    public long now() {
      return 0;
    }

    @Override
    public Thread newThread(Runnable body) {
      return Thread.ofVirtual().unstarted(body);
    }

    @Override
    public void start(Thread thread) {
      thread.start();
    }

    @Override
    public void ended() {}

    @Override
    public Timer schedule(long deadline, Runnable action) {
      return () -> {};
    }

    @Override
    public void park(Waiter waiter, long deadline) {}

    @Override
    public void resumes(Waiter waiter) {
      told.add("resumes while waiting: " + waiter.isWaiting());
    }

    @Override
    public void resumedByAnother(Waiter waiter) {
      told.add("by another");
    }
  }
}
