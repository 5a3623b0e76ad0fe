package dev.tandem.flow;

import static dev.tandem.internal.Linearizability.free;
import static dev.tandem.internal.Linearizability.modelled;

import dev.tandem.internal.ModelRuntime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operations of a queue that meet are as if they came one after the other. */
@Tag("lincheck")
public final class QueueOperationsLincheckTest {

  /** A queue, used by threads that would rather go than wait. */
  public abstract static class Impatient {
    private final Exchange<Integer> exchange;

    Impatient(Exchange<Integer> exchange) {
      this.exchange = exchange;
    }

    @Operation
    public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int item) {
      return exchange.putNow(item);
    }

    @Operation
    public @Nullable Integer poll() {
      return exchange.takeNow();
    }

    /** Stands in line, where a take may find it before it has seen that time is up. */
    @Operation
    public boolean put(@Param(gen = IntGen.class, conf = "1:9") int item)
        throws InterruptedException {
      return ModelRuntime.withoutPatience(() -> Waits.put(exchange, item, ModelRuntime.SOON));
    }

    @Operation
    public int take() throws InterruptedException {
      int[] taken = {-1};
      ModelRuntime.withoutPatience(
          () -> {
            Integer item = Waits.take(exchange, ModelRuntime.SOON);
            taken[0] = item == null ? -1 : item;
            return true;
          });
      return taken[0];
    }

    @Operation
    public int takeInterrupted() {
      Thread.currentThread().interrupt();
      try {
        return take();
      } catch (InterruptedException told) {
        return -2;
      } finally {
        Thread.interrupted();
      }
    }

    @Operation
    public boolean taskDone() {
      return exchange.taskDone();
    }

    @Operation
    public String shutdown() {
      return exchange.shutDown(null, false).toString();
    }

    @Operation
    public String shutdownNow() {
      return exchange.shutDown(null, true).toString();
    }

    @Operation
    public int size() {
      return exchange.statistics().size();
    }

    @Operation
    public long unfinished() {
      return exchange.statistics().unfinished();
    }
  }

  /** Each put that finds the queue empty fills it. */
  public static final class RoomForOne extends Impatient {
    public RoomForOne() {
      super(new Exchange<>(1, new Ring<>(1)));
    }
  }

  /** It may be full, empty, and neither. */
  public static final class RoomForTwo extends Impatient {
    public RoomForTwo() {
      super(new Exchange<>(2, new Ring<>(2)));
    }
  }

  /** What a queue does when one thread after the other uses it. */
  public abstract static class OneAfterTheOther {
    private final int capacity;
    private final Deque<Integer> items = new ArrayDeque<>();
    private long unfinished;
    private boolean shutDown;

    OneAfterTheOther(int capacity) {
      this.capacity = capacity;
    }

    public boolean offer(int item) {
      if (shutDown) {
        throw QueueShutDownException.refusingPut(null);
      }
      boolean hasRoom = items.size() < capacity;
      if (hasRoom) {
        items.add(item);
        unfinished++;
      }
      return hasRoom;
    }

    public @Nullable Integer poll() {
      return items.poll();
    }

    public boolean put(int item) {
      if (shutDown) {
        throw new AssertionError("wrapped");
      }
      return offer(item);
    }

    public int take() {
      if (shutDown && items.isEmpty()) {
        throw new AssertionError("wrapped");
      }
      return items.isEmpty() ? -1 : items.remove();
    }

    public int takeInterrupted() {
      return -2;
    }

    public boolean taskDone() {
      boolean isInHand = unfinished > items.size();
      unfinished -= isInHand ? 1 : 0;
      return isInHand;
    }

    public String shutdown() {
      shutDown = true;
      return "[]";
    }

    public String shutdownNow() {
      shutDown = true;
      String dropped = items.toString();
      unfinished -= items.size();
      items.clear();
      return dropped;
    }

    public int size() {
      return items.size();
    }

    public long unfinished() {
      return unfinished;
    }
  }

  /** For {@link RoomForOne}. */
  public static final class OneAfterTheOtherInOne extends OneAfterTheOther {
    public OneAfterTheOtherInOne() {
      super(1);
    }
  }

  /** For {@link RoomForTwo}. */
  public static final class OneAfterTheOtherInTwo extends OneAfterTheOther {
    public OneAfterTheOtherInTwo() {
      super(2);
    }
  }

  @Test
  void roomForOne_modelChecked_isLinearizable() {
    modelled().sequentialSpecification(OneAfterTheOtherInOne.class).check(RoomForOne.class);
  }

  @Test
  void roomForOne_runningFree_isLinearizable() {
    free().sequentialSpecification(OneAfterTheOtherInOne.class).check(RoomForOne.class);
  }

  @Test
  void roomForTwo_modelChecked_isLinearizable() {
    modelled().sequentialSpecification(OneAfterTheOtherInTwo.class).check(RoomForTwo.class);
  }

  @Test
  void roomForTwo_runningFree_isLinearizable() {
    free().sequentialSpecification(OneAfterTheOtherInTwo.class).check(RoomForTwo.class);
  }

  /**
   * At a rendezvous two operations happen together or not at all, so there is no order to compare
   * with: each item that was put was taken, once, and nobody is left behind.
   */
  public static final class Meeting {
    private final Exchange<Integer> exchange = new Rendezvous<>();
    private final AtomicInteger putIn = new AtomicInteger();
    private final AtomicInteger takenOut = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Operation
    public void offer(@Param(gen = IntGen.class, conf = "1:999") int item) {
      ends(() -> exchange.putNow(item) ? item : 0, putIn);
    }

    @Operation
    public void put(@Param(gen = IntGen.class, conf = "1:999") int item) {
      ends(() -> Waits.put(exchange, item, ModelRuntime.SOON) ? item : 0, putIn);
    }

    @Operation
    public void poll() {
      takes(exchange::takeNow);
    }

    @Operation
    public void take() {
      takes(() -> Waits.take(exchange, ModelRuntime.SOON));
    }

    @Operation
    public void takeInterrupted() {
      Thread.currentThread().interrupt();
      take();
      Thread.interrupted();
    }

    @Operation
    public void taskDone() {
      if (exchange.taskDone()) {
        done.incrementAndGet();
      }
    }

    @Operation
    public void shutdown() {
      exchange.shutDown(null, false);
    }

    @Validate
    public void everyItemIsInOnePlace() {
      var left = exchange.statistics();
      var now = List.of(putIn.get(), left.size(), left.waitingPutters(), left.waitingTakers());
      if (!now.equals(List.of(takenOut.get(), 0, 0, 0))
          || left.unfinished() != taken.get() - done.get()) {
        throw new IllegalStateException(
            now + " but taken out " + takenOut + " in " + taken + ", done " + done + ", " + left);
      }
    }

    private interface Step {
      @Nullable Integer run() throws InterruptedException;
    }

    private void takes(Step step) {
      if (ends(step, takenOut)) {
        taken.incrementAndGet();
      }
    }

    /** True when it came about. */
    private static boolean ends(Step step, AtomicInteger sum) {
      int[] item = {0};
      try {
        ModelRuntime.withoutPatience(
            () -> {
              try {
                Integer passed = step.run();
                item[0] = passed == null ? 0 : passed;
              } catch (QueueShutDownException over) {
                return false;
              }
              return true;
            });
      } catch (InterruptedException told) {
        return false;
      }
      sum.addAndGet(item[0]);
      return item[0] != 0;
    }
  }

  @Test
  void impatientThreadsAtARendezvous_modelChecked_loseNothing() {
    modelled().verifier(EpsilonVerifier.class).check(Meeting.class);
  }

  @Test
  void impatientThreadsAtARendezvous_runningFree_loseNothing() {
    free().verifier(EpsilonVerifier.class).check(Meeting.class);
  }
}
