package dev.tandem.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.ModelRuntime;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Between the two ends of a connection in memory no byte is lost, none comes twice, and nobody
 * waits for what is there.
 */
@Tag("lincheck")
final class WireLincheckTest {

  private static byte[] bytes(int first, int count) {
    var bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  /** One thread waits at the wire, another is at its other end, and a third disturbs. */
  private abstract static class Passing extends Scenario {
    final Wire wire = new Wire("wire", faults());
    final List<Integer> read = new ArrayList<>();
    Scope scope;
    Thread waiting;
    boolean gaveUp;

    StreamFaults faults() {
      return StreamFaults.none();
    }

    @Override
    protected void run(Context context) throws Exception {
      waiting = Thread.currentThread();
      scope = new Scope(context.scope(), context) {};
      context.enter(scope);
      before();
      start(() -> onClock(this::other));
      start(this::disturb);
      try {
        await();
      } catch (InterruptedException told) {
        gaveUp = true;
      }
      context.leave(scope);
    }

    /** Whoever asks for the time asks that of the scenario. */
    private void onClock(Executable part) throws Throwable {
      Context.callOn(
          runtime,
          context -> {
            part.execute();
            return 0;
          });
    }

    @Override
    protected final void verify() throws Throwable {
      Thread.interrupted();
      onClock(this::check);
    }

    /** What holds in the end. */
    abstract void check() throws Exception;

    void before() throws Exception {}

    abstract void other() throws Exception;

    abstract void await() throws Exception;

    void disturb() throws Exception {
      scope.cancel(new Cause("cancelled"));
    }

    final boolean write(byte[] bytes) throws IOException, InterruptedException {
      return wire.write(bytes, 0, bytes.length, () -> {});
    }

    /** Reads once; how many bytes there were. */
    final int readSome() throws IOException, InterruptedException {
      var into = new byte[8];
      int count = wire.read(into, 0, into.length);
      for (int i = 0; i < count; i++) {
        read.add((int) into[i]);
      }
      return count;
    }

    final int readAll() throws IOException, InterruptedException {
      int count = readSome();
      while (count > 0) {
        count = readSome();
      }
      return count;
    }
  }

  /** Who reads is stopped as bytes come, and finds them when it comes again. */
  private static class ReaderCancelled extends Passing {
    @Override
    void other() throws Exception {
      assertTrue(write(bytes(0, 1)));
      assertTrue(write(bytes(1, 2)));
      wire.closeWriter();
    }

    @Override
    void await() throws Exception {
      assertEquals(-1, readAll());
    }

    @Override
    void check() throws Exception {
      assertEquals(-1, readAll());
      assertEquals(List.of(0, 1, 2), read);
      assertEquals(0, wire.onTheWay());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readerAgainstCancel_nothingIsLost(Way way) throws Exception {
    way.check(() -> new ReaderCancelled().play());
  }

  private static final class ReaderInterrupted extends ReaderCancelled {
    @Override
    void disturb() {
      waiting.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void readerAgainstInterrupt_nothingIsLost(Way way) throws Exception {
    way.check(() -> new ReaderInterrupted().play());
  }

  /** Who writes waits for room, again and again, and is stopped as there is some. */
  private static class WriterCancelled extends Passing {
    @Override
    StreamFaults faults() {
      return StreamFaults.none().buffer(1);
    }

    @Override
    void other() throws Exception {
      readAll();
    }

    @Override
    void await() throws Exception {
      try {
        assertTrue(write(bytes(0, 3)));
      } finally {
        wire.closeWriter();
      }
    }

    @Override
    void check() throws Exception {
      List<Integer> all = List.of(0, 1, 2);
      assertEquals(gaveUp ? all.subList(0, read.size()) : all, read);
      assertEquals(0, wire.onTheWay());
    }
  }

  @ParameterizedTest
  @EnumSource
  void writerAgainstCancel_whatWasWrittenArrivesInOrder(Way way) throws Exception {
    way.check(() -> new WriterCancelled().play());
  }

  /** Nobody comes to the rescue of one who was not woken. */
  private static final class Undisturbed extends WriterCancelled {
    @Override
    void disturb() {
      assertTrue(wire.onTheWay() <= 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writerAndReader_eachIsWokenByTheOther(Way way) throws Exception {
    way.check(() -> new Undisturbed().play());
  }

  /** Nobody reads any more: who waits for room is told, or found some before. */
  private static final class WriterRefused extends WriterCancelled {
    boolean refused;

    @Override
    void await() throws Exception {
      try {
        super.await();
      } catch (IOException told) {
        refused = true;
      }
    }

    @Override
    void disturb() {
      wire.closeReader();
    }

    @Override
    void check() throws Exception {
      List<Integer> all = List.of(0, 1, 2);
      // What was on its way when the reader closed is lost, as over a network.
      assertEquals(all.subList(0, read.size()), read);
      assertTrue(refused || read.size() >= 2, () -> "written, and not read: " + read);
      assertEquals(Wire.CLOSED, readSome());
      assertThrows(IOException.class, () -> write(bytes(3, 1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void writerAgainstClosedReader_isToldOrWasInTime(Way way) throws Exception {
    way.check(() -> new WriterRefused().play());
  }

  /** Somebody closes the writing end while a write waits. */
  private static final class WriterClosed extends WriterCancelled {
    boolean whole;

    @Override
    void await() throws Exception {
      whole = write(bytes(0, 3));
    }

    @Override
    void disturb() {
      wire.closeWriter();
    }

    @Override
    void check() throws Exception {
      List<Integer> all = List.of(0, 1, 2);
      assertEquals(whole ? all : all.subList(0, read.size()), read);
      assertFalse(write(bytes(3, 1)));
      assertEquals(-1, readSome());
    }
  }

  @ParameterizedTest
  @EnumSource
  void writerAgainstItsClose_whatWasWrittenArrivesAndThenTheEnd(Way way) throws Exception {
    way.check(() -> new WriterClosed().play());
  }

  /** It breaks while both ends wait, or one of them. */
  private static final class Broken extends Passing {
    boolean whole;

    @Override
    StreamFaults faults() {
      return StreamFaults.none().buffer(1);
    }

    @Override
    void other() throws Exception {
      try {
        whole = write(bytes(0, 2));
      } catch (IOException told) {
        whole = false;
      }
    }

    @Override
    void await() {
      assertThrows(IOException.class, this::readAll);
    }

    @Override
    void disturb() {
      wire.breakNow("it was reset");
    }

    @Override
    void check() {
      List<Integer> all = List.of(0, 1);
      assertEquals(all.subList(0, read.size()), read);
      assertTrue(whole || read.size() < 2, () -> "read, and not written: " + read);
      assertThrows(IOException.class, () -> write(bytes(3, 1)));
      assertThrows(IOException.class, this::readSome);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetAgainstBothEnds_bothAreTold(Way way) throws Exception {
    way.check(() -> new Broken().play());
  }

  /** Bytes are on their way, and arrive as the reader is stopped or the wire breaks. */
  private static class Arriving extends Passing {
    @Override
    StreamFaults faults() {
      return StreamFaults.none().delay(Duration.ofNanos(ModelRuntime.SOON));
    }

    @Override
    void before() throws Exception {
      assertTrue(write(bytes(0, 2)));
      wire.closeWriter();
    }

    @Override
    void other() {
      runtime.timePasses();
    }

    @Override
    void await() throws Exception {
      assertEquals(-1, readAll());
    }

    @Override
    void check() throws Exception {
      assertEquals(-1, readAll());
      assertEquals(List.of(0, 1), read);
    }
  }

  @ParameterizedTest
  @EnumSource
  void arrivalAgainstCancel_nothingIsLost(Way way) throws Exception {
    way.check(() -> new Arriving().play());
  }

  private static final class ArrivingAtReset extends Arriving {
    boolean told;

    @Override
    void await() throws Exception {
      try {
        super.await();
      } catch (IOException lost) {
        told = true;
      }
    }

    @Override
    void disturb() {
      wire.breakNow("it was reset");
    }

    @Override
    void check() {
      assertTrue(told || read.equals(List.of(0, 1)), () -> "not told: " + read);
      assertThrows(IOException.class, this::readSome);
    }
  }

  @ParameterizedTest
  @EnumSource
  void arrivalAgainstReset_arrivesOrIsLost(Way way) throws Exception {
    way.check(() -> new ArrivingAtReset().play());
  }
}
