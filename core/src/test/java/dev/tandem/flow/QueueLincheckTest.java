package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.internal.HandOver;
import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario.Way;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 4 for queues: whoever gives up while an item is handed over, it is in one place. */
@Tag("lincheck")
public final class QueueLincheckTest {

  /** Somebody waits at an end of a queue, and is served while something else ends the wait. */
  private abstract static class AtAnEnd extends HandOver {
    AsyncQueue<Integer> queue;
    boolean served;

    @Override
    protected void prepare() {
      queue = queue();
    }

    @Override
    protected void handOver() {
      served = serve();
    }

    abstract AsyncQueue<Integer> queue();

    abstract boolean serve();

    @Override
    protected void verify() {
      Thread.interrupted();
      assertEquals(0, queue.statistics().waitingTakers());
      assertEquals(0, queue.statistics().waitingPutters());
    }
  }

  /** A taker of a rendezvous. */
  private static class Taker extends AtAnEnd {
    @Override
    AsyncQueue<Integer> queue() {
      return AsyncQueue.rendezvous();
    }

    @Override
    protected boolean await() throws InterruptedException {
      return Waits.take(queue.exchange, deadline()) != null;
    }

    @Override
    boolean serve() {
      return queue.offer(1);
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals(served, happened);
      assertEquals(unfinished(), queue.statistics().unfinished());
    }

    int unfinished() {
      return served ? 1 : 0;
    }
  }

  /** A putter of a rendezvous. */
  private static class Putter extends Taker {
    @Override
    protected boolean await() throws InterruptedException {
      return Waits.put(queue.exchange, 1, deadline());
    }

    @Override
    boolean serve() {
      return queue.poll().isPresent();
    }
  }

  /** A taker of a rendezvous that reports at once what it was given. */
  private static final class ReportingTaker extends Taker {
    @Override
    protected boolean await() throws InterruptedException {
      boolean taken = super.await();
      if (taken) {
        queue.taskDone();
      }
      return taken;
    }

    @Override
    int unfinished() {
      return 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void takerThatReportsAgainstPut_countsAsDealtWith(Way way) throws Exception {
    way.check(() -> new ReportingTaker().play());
  }

  /** A putter of a full queue; what it puts in is in the queue afterwards. */
  private static class PutterOfFull extends AtAnEnd {
    @Override
    AsyncQueue<Integer> queue() {
      AsyncQueue<Integer> full = AsyncQueue.bounded(1);
      full.offer(0);
      return full;
    }

    @Override
    protected boolean await() throws InterruptedException {
      return Waits.put(queue.exchange, 1, deadline());
    }

    @Override
    boolean serve() {
      return queue.poll().isPresent();
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals(true, served);
      assertEquals(happened ? 1 : 0, queue.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void takerAgainstCancel_noItemIsLost(Way way) throws Exception {
    way.check(() -> new Taker().play());
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstCancel_noItemIsLost(Way way) throws Exception {
    way.check(() -> new Putter().play());
  }

  @ParameterizedTest
  @EnumSource
  void putterOfFullAgainstCancel_noItemIsLost(Way way) throws Exception {
    way.check(() -> new PutterOfFull().play());
  }

  private static final class TakerAgainstTimeout extends Taker {
    @Override
    protected long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    protected void disturb() {
      runtime.timePasses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takerAgainstTimeout_noItemIsLost(Way way) throws Exception {
    way.check(() -> new TakerAgainstTimeout().play());
  }

  private static final class PutterAgainstTimeout extends Putter {
    @Override
    protected long deadline() {
      return ModelRuntime.SOON;
    }

    @Override
    protected void disturb() {
      runtime.timePasses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstTimeout_noItemIsLost(Way way) throws Exception {
    way.check(() -> new PutterAgainstTimeout().play());
  }

  private static final class PutterAgainstInterrupt extends PutterOfFull {
    @Override
    protected void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstInterrupt_noItemIsLost(Way way) throws Exception {
    way.check(() -> new PutterAgainstInterrupt().play());
  }

  /** Whoever joins is told, though the last item is dropped and not reported. */
  private static final class JoinAgainstDrop extends AtAnEnd {
    @Override
    AsyncQueue<Integer> queue() {
      AsyncQueue<Integer> two = AsyncQueue.bounded(2);
      two.offer(0);
      two.offer(1);
      two.poll();
      return two;
    }

    @Override
    protected boolean await() throws InterruptedException {
      return Waits.join(queue.exchange, deadline());
    }

    @Override
    boolean serve() {
      return queue.shutdownNow().size() == 1;
    }

    @Override
    protected void disturb() {
      queue.taskDone();
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals(true, happened && served);
    }
  }

  @ParameterizedTest
  @EnumSource
  void joinAgainstDrop_returns(Way way) throws Exception {
    way.check(() -> new JoinAgainstDrop().play());
  }
}
