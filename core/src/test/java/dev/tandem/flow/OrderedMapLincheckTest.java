package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results are filled in by any lane at any time; who asks has each once, and in order. */
@Tag("lincheck")
final class OrderedMapLincheckTest {

  /** Two elements are claimed, and two lanes work on them while somebody asks. */
  private abstract static class TwoLanes extends Scenario {
    final OrderedMap<Integer, Integer> map =
        new OrderedMap<>(AsyncIterator.from(List.of()), 2, item -> item);
    final OrderedMap.Place<Integer> first = map.claimed();
    final OrderedMap.Place<Integer> second = map.claimed();
    final List<Integer> seen = new ArrayList<>();

    @Override
    protected void run(Context context) throws Exception {
      start(() -> map.work(first, 1));
      start(this::other);
      ask(context);
    }

    void other() throws Exception {
      map.work(second, 2);
    }

    void ask(Context context) throws Exception {
      seen.add(map.advance());
    }

    /** What is left when all lanes have ended. */
    final void seeTheRest() throws Exception {
      map.finish();
      @Nullable Integer next = map.advance();
      while (next != null) {
        seen.add(next);
        next = map.advance();
      }
    }

    @Override
    protected void verify() throws Exception {
      Thread.interrupted();
      seeTheRest();
      assertEquals(List.of(1, 2), seen);
      assertNull(map.advance());
    }
  }

  private static final class Asking extends TwoLanes {
    @Override
    void ask(Context context) throws Exception {
      super.ask(context);
      super.ask(context);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoLanes_resultsComeOnceAndInOrder(Way way) throws Exception {
    way.check(() -> new Asking().play());
  }

  /** Who asks is cancelled, or interrupted, as the result comes. */
  private abstract static class GivingUp extends TwoLanes {
    Scope scope;
    Thread asking;

    @Override
    protected void run(Context context) throws Exception {
      asking = Thread.currentThread();
      scope = new Scope(context.scope(), context) {};
      map.work(second, 2);
      super.run(context);
    }

    @Override
    void ask(Context context) throws Exception {
      context.enter(scope);
      try {
        super.ask(context);
      } catch (InterruptedException told) {
        // It has not happened: the rest has it.
      }
      context.leave(scope);
    }
  }

  private static final class Cancelled extends GivingUp {
    @Override
    void other() {
      scope.cancel(new Cause("cancelled"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultAgainstCancel_isThereForWhoeverAsksAgain(Way way) throws Exception {
    way.check(() -> new Cancelled().play());
  }

  private static final class Interrupted extends GivingUp {
    @Override
    void other() {
      asking.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultAgainstInterrupt_isThereForWhoeverAsksAgain(Way way) throws Exception {
    way.check(() -> new Interrupted().play());
  }

  /** The last lane ends while somebody waits for its result, and then for one more. */
  private static final class Finished extends TwoLanes {
    @Override
    protected void run(Context context) throws Exception {
      start(
          () -> {
            map.work(first, 1);
            map.work(second, 2);
            map.finish();
          });
      Integer next = map.advance();
      while (next != null) {
        seen.add(next);
        next = map.advance();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void finish_isSeenBehindTheLastResult(Way way) throws Exception {
    way.check(() -> new Finished().play());
  }

  /** Somebody closes while lanes put results there and one claims a further place. */
  private static final class Shut extends TwoLanes {
    @Override
    void other() {
      map.shut();
    }

    @Override
    void ask(Context context) throws Exception {
      Integer result = map.advance();
      if (result != null) {
        seen.add(result);
      }
    }

    @Override
    protected void verify() throws Exception {
      // The second was never filled: only a close lets go of who waits for it.
      assertNull(map.advance());
      assertTrue(seen.isEmpty() || seen.equals(List.of(1)), seen::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shutAgainstResult_whoAsksIsLetGo(Way way) throws Exception {
    way.check(() -> new Shut().play());
  }

  /** All of it: lanes that take from a source, and one who asks; the third element fails. */
  private static final class Whole extends Scenario {
    final List<Integer> seen = new ArrayList<>();
    boolean failed;

    @Override
    protected void run(Context context) throws InterruptedException {
      try (var all = AsyncIterator.from(List.of(1, 2, 3)).mapConcurrent(2, Whole::twice)) {
        all.forEach(seen::add);
      } catch (IllegalStateException third) {
        failed = true;
      }
    }

    private static int twice(int item) {
      if (item == 3) {
        throw new IllegalStateException("3");
      }
      return 2 * item;
    }

    @Override
    protected void verify() {
      assertEquals(List.of(2, 4), seen);
      assertTrue(failed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lanesAndSource_failureComesInItsPlace(Way way) throws Exception {
    // Once before: the model checker takes static fields back to what they were when it began.
    new Whole().play();
    way.check(() -> new Whole().play());
  }
}
