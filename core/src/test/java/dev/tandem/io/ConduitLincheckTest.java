package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte is lost on its way from one thread to another, and none comes twice. */
@Tag("lincheck")
final class ConduitLincheckTest {

  private static byte[] chunk(int number) {
    return new byte[] {(byte) number};
  }

  /** One puts chunks and then the end, another takes; somebody disturbs the one that waits. */
  private abstract static class Passing extends Scenario {
    final Conduit conduit = new Conduit();
    final List<Integer> taken = new ArrayList<>();
    Scope scope;
    Thread waiting;

    @Override
    protected void run(Context context) throws Exception {
      waiting = Thread.currentThread();
      scope = new Scope(context.scope(), context) {};
      before();
      start(this::other);
      start(this::disturb);
      context.enter(scope);
      try {
        await();
      } catch (InterruptedException gaveUp) {
        // It has not happened.
      }
      context.leave(scope);
    }

    void before() throws Exception {}

    abstract void other() throws Exception;

    abstract void await() throws InterruptedException;

    abstract void disturb() throws Exception;

    final boolean takeOne() throws InterruptedException {
      byte[] bytes = conduit.take();
      if (bytes != null) {
        taken.add((int) bytes[0]);
      }
      return bytes != null;
    }

    final void takeAll() throws InterruptedException {
      boolean more = takeOne();
      while (more) {
        more = takeOne();
      }
    }
  }

  /** Who takes is cancelled as a chunk comes. */
  private static class TakerCancelled extends Passing {
    @Override
    void other() throws Exception {
      conduit.put(chunk(1));
      conduit.put(chunk(2));
      conduit.end();
    }

    @Override
    void await() throws InterruptedException {
      takeAll();
    }

    @Override
    void disturb() {
      scope.cancel(new Cause("cancelled"));
    }

    @Override
    protected void verify() throws Exception {
      Thread.interrupted();
      takeAll();
      assertEquals(List.of(1, 2), taken);
      // The end stays there.
      assertNull(conduit.take());
    }
  }

  @ParameterizedTest
  @EnumSource
  void takerAgainstCancel_nothingIsLost(Way way) throws Exception {
    way.check(() -> new TakerCancelled().play());
  }

  private static final class TakerInterrupted extends TakerCancelled {
    @Override
    void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takerAgainstInterrupt_nothingIsLost(Way way) throws Exception {
    way.check(() -> new TakerInterrupted().play());
  }

  /** Two take, of whom one is cancelled: each chunk comes to one of them. */
  private static final class TwoTakers extends Passing {
    final List<Integer> byOther = new ArrayList<>();

    @Override
    void before() throws Exception {
      conduit.put(chunk(1));
    }

    @Override
    void other() throws Exception {
      byte[] bytes = conduit.take();
      while (bytes != null) {
        byOther.add((int) bytes[0]);
        bytes = conduit.take();
      }
    }

    @Override
    void await() throws InterruptedException {
      takeAll();
    }

    @Override
    void disturb() throws Exception {
      conduit.put(chunk(2));
      conduit.end();
    }

    @Override
    protected void verify() throws Exception {
      taken.addAll(byOther);
      taken.sort(null);
      assertEquals(List.of(1, 2), taken);
      assertNull(conduit.take());
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoTakers_eachChunkComesToOne(Way way) throws Exception {
    way.check(() -> new TwoTakers().play());
  }

  /** Who puts waits for room, and is cancelled as there is some. */
  private static class PutterCancelled extends Passing {
    boolean put;

    @Override
    void before() throws Exception {
      for (int i = 0; i < Defaults.CHUNKS_ON_THE_WAY; i++) {
        conduit.put(chunk(i));
      }
    }

    @Override
    void other() throws Exception {
      takeOne();
    }

    @Override
    void await() throws InterruptedException {
      put = conduit.put(chunk(Defaults.CHUNKS_ON_THE_WAY));
    }

    @Override
    void disturb() {
      scope.cancel(new Cause("cancelled"));
    }

    @Override
    protected void verify() throws Exception {
      Thread.interrupted();
      // One was taken: there is room for one, unless that was used.
      if (!put) {
        conduit.put(chunk(Defaults.CHUNKS_ON_THE_WAY));
      }
      conduit.end();
      takeAll();
      assertEquals(Defaults.CHUNKS_ON_THE_WAY + 1, taken.size());
      for (int i = 0; i < taken.size(); i++) {
        assertEquals(i, taken.get(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstCancel_theRoomIsNotLost(Way way) throws Exception {
    way.check(() -> new PutterCancelled().play());
  }

  private static final class PutterInterrupted extends PutterCancelled {
    @Override
    void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstInterrupt_theRoomIsNotLost(Way way) throws Exception {
    way.check(() -> new PutterInterrupted().play());
  }

  /** Nobody takes any more: who waits for room is told, or found some before. */
  private static final class PutterClosed extends PutterCancelled {
    @Override
    void disturb() {
      conduit.close();
    }

    @Override
    protected void verify() throws Exception {
      conduit.end();
      takeAll();
      assertEquals(Defaults.CHUNKS_ON_THE_WAY + (put ? 1 : 0), taken.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstClose_isToldOrWasInTime(Way way) throws Exception {
    way.check(() -> new PutterClosed().play());
  }

  /** Who puts while the end is said is refused, or what was put arrives. */
  private static final class PutterEnded extends Passing {
    boolean put;

    @Override
    void other() throws Exception {
      takeAll();
    }

    @Override
    void await() throws InterruptedException {
      put = conduit.put(chunk(1));
    }

    @Override
    void disturb() {
      conduit.end();
    }

    @Override
    protected void verify() throws Exception {
      assertEquals(put ? List.of(1) : List.of(), taken);
      assertFalse(conduit.put(chunk(2)));
      assertNull(conduit.take());
    }
  }

  @ParameterizedTest
  @EnumSource
  void putterAgainstEnd_isRefusedOrArrives(Way way) throws Exception {
    way.check(() -> new PutterEnded().play());
  }
}
