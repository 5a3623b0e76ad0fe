package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two meet at a spot without the lock, while a third takes it. */
@Tag("lincheck")
public final class SpotLincheckTest {

  /** Somebody takes what another puts. */
  private abstract static class Meeting extends Scenario {
    final AsyncQueue<Integer> queue = AsyncQueue.rendezvous();
    final Exchange<Integer> exchange = queue.exchange;
    final AtomicInteger taken = new AtomicInteger();

    @Override
    protected final void run(Context context) throws Exception {
      prepare();
      start(this::second);
      start(this::third);
      first();
    }

    void prepare() {}

    void first() throws Exception {
      take();
    }

    void second() throws Exception {
      put(1);
    }

    abstract void third() throws Exception;

    final void take() throws InterruptedException {
      taken.addAndGet(Waits.take(exchange));
    }

    final void put(int item) throws InterruptedException {
      assertTrue(Waits.put(exchange, item, TaskRuntime.NEVER));
    }

    final void verify(int sum, long unfinished) {
      assertEquals(sum, taken.get());
      var now = exchange.statistics();
      assertEquals(0, now.waitingTakers() + now.waitingPutters());
      assertEquals(unfinished, now.unfinished());
      assertTrue(exchange.spot().isFree());
    }
  }

  /** It comes for an item of its own. */
  private static class AgainstTaker extends Meeting {
    @Override
    void second() throws Exception {
      put(1);
      put(2);
    }

    @Override
    void third() throws Exception {
      take();
    }

    @Override
    protected void verify() {
      verify(3, 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void meeting_againstAnotherTaker_servesBoth(Way way) throws Exception {
    way.check(() -> new AgainstTaker().play());
  }

  /** It would take an item of another rendezvous as well. */
  private static final class AgainstSelect extends AgainstTaker {
    final AsyncQueue<Integer> idle = AsyncQueue.rendezvous();

    @Override
    void third() throws Exception {
      taken.addAndGet(Select.takeAny(queue, idle));
    }

    @Override
    protected void verify() {
      super.verify();
      assertTrue(idle.exchange.spot().isFree());
    }
  }

  @ParameterizedTest
  @EnumSource
  void meeting_againstASelect_servesBoth(Way way) throws Exception {
    way.check(() -> new AgainstSelect().play());
  }

  /** It looks for an item and does not wait. */
  private static final class AgainstPoll extends AgainstTaker {
    @Override
    void first() throws Exception {
      if (queue.poll().map(taken::addAndGet).isEmpty()) {
        take();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void meeting_againstAPoll_servesAll(Way way) throws Exception {
    way.check(() -> new AgainstPoll().play());
  }

  /** It comes with an item of its own. */
  private static final class AgainstPutter extends Meeting {
    @Override
    void first() throws Exception {
      take();
      take();
    }

    @Override
    void third() throws Exception {
      put(2);
    }

    @Override
    protected void verify() {
      verify(3, 2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void meeting_againstAnotherPutter_takesFromBoth(Way way) throws Exception {
    way.check(() -> new AgainstPutter().play());
  }

  /** It reports an item of before. */
  private static final class AgainstReport extends Meeting {
    @Override
    void prepare() {
      exchange.lock();
      exchange.count(1);
      exchange.unlock();
    }

    @Override
    void third() {
      assertTrue(exchange.taskDone());
    }

    @Override
    protected void verify() {
      verify(1, 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void meeting_againstAReport_countsBoth(Way way) throws Exception {
    way.check(() -> new AgainstReport().play());
  }
}
