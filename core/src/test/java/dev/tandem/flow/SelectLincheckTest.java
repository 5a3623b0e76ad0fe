package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import dev.tandem.internal.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A select does exactly one thing, or nothing. */
@Tag("lincheck")
final class SelectLincheckTest {

  /** A select takes from two queues while others put into both. */
  private abstract static class TwoPutters extends Scenario {
    AsyncQueue<Integer> one;
    AsyncQueue<Integer> other;
    int taken;
    boolean oneGave;
    boolean otherGave;

    @Override
    protected void run(Context context) throws Exception {
      one = queue();
      other = queue();
      start(() -> oneGave = one.offer(1));
      start(() -> otherGave = other.offer(2));
      taken = select();
    }

    abstract AsyncQueue<Integer> queue();

    abstract int select() throws InterruptedException;

    @Override
    protected void verify() {
      List<Integer> rest = new ArrayList<>();
      one.drainTo(rest);
      other.drainTo(rest);
      int given = (oneGave ? 1 : 0) + (otherGave ? 2 : 0);
      assertEquals(given, taken + rest.stream().mapToInt(Integer::intValue).sum());
      assertEquals(0, one.statistics().waitingTakers());
      assertEquals(0, other.statistics().waitingTakers());
    }
  }

  private static final class Buffered extends TwoPutters {
    @Override
    AsyncQueue<Integer> queue() {
      return AsyncQueue.bounded(1);
    }

    @Override
    int select() throws InterruptedException {
      return Select.takeAny(one, other);
    }

    @Override
    protected void verify() {
      assertTrue(taken == 1 || taken == 2);
      super.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoPutters_exactlyOneItemIsTaken(Way way) throws Exception {
    way.check(() -> new Buffered().play());
  }

  /** Nobody need come to a rendezvous; the select does not wait then. */
  private static final class Unbuffered extends TwoPutters {
    @Override
    AsyncQueue<Integer> queue() {
      return AsyncQueue.rendezvous();
    }

    @Override
    int select() throws InterruptedException {
      return Select.of(one.taking(), other.taking()).poll().orElse(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoPuttersOfARendezvous_onlyWhoMetHasGiven(Way way) throws Exception {
    way.check(() -> new Unbuffered().play());
  }

  /** A select is cancelled while somebody comes to one of its queues. */
  private abstract static class Cancelled extends Scenario {
    AsyncQueue<Integer> one;
    AsyncQueue<Integer> other;
    Scope scope;
    boolean gave;
    int taken;

    abstract void open();

    abstract boolean give();

    abstract int select() throws InterruptedException;

    @Override
    protected void run(Context context) {
      open();
      scope = new Scope(context.scope(), context) {};
      context.enter(scope);
      start(() -> gave = give());
      start(() -> scope.cancel(new Cause("cancelled")));
      try {
        taken = select();
      } catch (InterruptedException gaveUp) {
        taken = 0;
      }
      context.leave(scope);
    }

    @Override
    protected void verify() {
      assertEquals(gave ? 1 : 0, taken);
      assertEquals(0, one.statistics().waitingTakers());
      assertEquals(0, other.statistics().waitingTakers() + other.statistics().waitingPutters());
    }
  }

  /** It waits for an item and for room. */
  private static final class AgainstCancel extends Cancelled {
    @Override
    void open() {
      one = AsyncQueue.rendezvous();
      other = AsyncQueue.bounded(1);
      other.offer(7);
    }

    @Override
    boolean give() {
      return one.offer(1);
    }

    @Override
    int select() throws InterruptedException {
      return Select.of(one.taking(), other.putting(8, () -> 2)).run();
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals(1, other.size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void againstCancel_threwMeansNothingWasTaken(Way way) throws Exception {
    way.check(() -> new AgainstCancel().play());
  }

  /** What happens at two rendezvous. */
  private abstract static class TwoRendezvous extends Scenario {
    AsyncQueue<Integer> one;
    AsyncQueue<Integer> other;

    @Override
    protected final void run(Context context) throws Exception {
      one = AsyncQueue.rendezvous();
      other = AsyncQueue.rendezvous();
      run();
    }

    abstract void run() throws Exception;
  }

  /** Two selects that can meet in either of two queues meet in one of them. */
  private static final class AgainstEachOther extends TwoRendezvous {
    int mine;
    int theirs;

    @Override
    void run() throws Exception {
      start(() -> theirs = Select.of(other.putting(2), one.taking()).run());
      mine = Select.of(one.putting(1), other.taking()).run();
    }

    @Override
    protected void verify() {
      assertEquals(mine, theirs);
      assertEquals(mine == 1 ? 1 : 0, one.statistics().unfinished());
      assertEquals(mine == 2 ? 1 : 0, other.statistics().unfinished());
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoSelects_meetInOneQueue(Way way) throws Exception {
    way.check(() -> new AgainstEachOther().play());
  }

  /** One of the queues is shut down while the select waits; the other gives. */
  private static final class AgainstShutdown extends Scenario {
    AsyncQueue<Integer> one;
    AsyncQueue<Integer> other;
    int taken;

    @Override
    protected void run(Context context) throws Exception {
      one = AsyncQueue.bounded(1);
      other = AsyncQueue.rendezvous();
      start(() -> one.shutdown());
      start(() -> other.put(2));
      taken = Select.takeAny(one, other);
    }

    @Override
    protected void verify() {
      assertEquals(2, taken);
      assertEquals(1, other.statistics().unfinished());
    }
  }

  @ParameterizedTest
  @EnumSource
  void againstShutdownOfOne_theOtherServes(Way way) throws Exception {
    way.check(() -> new AgainstShutdown().play());
  }

  /** A select waits at two rendezvous, and somebody comes to each. */
  private static final class TwoMeetings extends TwoRendezvous {
    int first;
    int second;

    @Override
    void run() throws Exception {
      start(() -> one.put(1));
      start(() -> other.put(2));
      first = Select.takeAny(one, other);
      second = first == 1 ? other.take() : one.take();
    }

    @Override
    protected void verify() {
      assertEquals(3, first + second);
      assertNobodyWaits(one);
      assertNobodyWaits(other);
    }
  }

  private static void assertNobodyWaits(AsyncQueue<Integer> rendezvous) {
    assertEquals(1, rendezvous.statistics().unfinished());
    assertEquals(0, rendezvous.statistics().waitingTakers());
    assertEquals(0, rendezvous.statistics().waitingPutters());
    assertTrue(rendezvous.exchange.spot().isFree());
  }

  @ParameterizedTest
  @EnumSource
  void twoMeetings_eachPutterIsMetOnce(Way way) throws Exception {
    way.check(() -> new TwoMeetings().play());
  }

  /** Two selects wait at the same two rendezvous, in either order. */
  private static final class TwoTakers extends TwoRendezvous {
    int mine;
    int theirs;

    @Override
    void run() throws Exception {
      start(() -> theirs = Select.takeAny(other, one));
      start(
          () -> {
            one.put(1);
            other.put(2);
          });
      mine = Select.takeAny(one, other);
    }

    @Override
    protected void verify() {
      assertEquals(3, mine + theirs);
      assertNobodyWaits(one);
      assertNobodyWaits(other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoSelectsThatTake_eachGetsOne(Way way) throws Exception {
    way.check(() -> new TwoTakers().play());
  }

  /** It waits at two rendezvous. */
  private static final class MeetingAgainstCancel extends Cancelled {
    @Override
    void open() {
      one = AsyncQueue.rendezvous();
      other = AsyncQueue.rendezvous();
    }

    @Override
    boolean give() {
      return other.offer(1);
    }

    @Override
    int select() throws InterruptedException {
      return Select.of(one.taking(), other.taking()).run();
    }

    @Override
    protected void verify() {
      super.verify();
      assertEquals(gave ? 1 : 0, other.statistics().unfinished());
      assertTrue(one.exchange.spot().isFree());
      assertTrue(other.exchange.spot().isFree());
    }
  }

  @ParameterizedTest
  @EnumSource
  void meetingAgainstCancel_threwMeansNothingWasTaken(Way way) throws Exception {
    way.check(() -> new MeetingAgainstCancel().play());
  }

  /** A select waits at two rendezvous; one is shut down, and somebody comes to the other. */
  private static final class MeetingAgainstShutdown extends TwoRendezvous {
    int taken;

    @Override
    void run() throws Exception {
      start(() -> one.shutdown());
      start(() -> other.put(2));
      taken = Select.takeAny(one, other);
    }

    @Override
    protected void verify() {
      assertEquals(2, taken);
      assertNobodyWaits(other);
      assertEquals(0, one.statistics().waitingTakers());
    }
  }

  @ParameterizedTest
  @EnumSource
  void meetingAgainstShutdownOfOne_theOtherServes(Way way) throws Exception {
    way.check(() -> new MeetingAgainstShutdown().play());
  }

  /** A select that cannot stand at its second rendezvous keeps its place at the first. */
  private static final class SeenStanding extends TwoRendezvous {
    boolean seen;
    boolean offered;
    int mine;
    int theirs;

    @Override
    void run() throws Exception {
      start(() -> theirs = other.take());
      start(
          () -> {
            seen = one.statistics().waitingTakers() == 1;
            offered = one.offer(1);
            other.put(2);
            if (!offered) {
              other.put(3);
            }
          });
      mine = Select.takeAny(one, other);
    }

    @Override
    protected void verify() {
      assertTrue(offered || !seen);
      assertEquals(offered ? 3 : 5, mine + theirs);
      assertTrue(one.exchange.spot().isFree());
      assertTrue(other.exchange.spot().isFree());
    }
  }

  @ParameterizedTest
  @EnumSource
  void seenStanding_staysInLine(Way way) throws Exception {
    way.check(() -> new SeenStanding().play());
  }
}
