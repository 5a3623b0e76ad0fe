package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Scenario.Way;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 1: whatever is started in a group ends in it, cancelled or not. */
@Tag("lincheck")
final class GroupLincheckTest {

  /** A child that waits to be cancelled. */
  private static final class Sleeper extends Fiber {
    volatile boolean over;
    volatile @Nullable Throwable thrown;

    Sleeper(Group group) {
      super(group, false);
    }

    @Override
    protected void body() throws InterruptedException {
      Parking.await(new Waiter(), TaskRuntime.NEVER);
    }

    @Override
    protected void over(@Nullable Throwable failure, boolean interruptSent) {
      thrown = failure;
      over = true;
    }
  }

  private static final class StartAgainstCancel extends Scenario {
    Group group;
    Sleeper child;

    @Override
    protected void run(Context context) {
      group = new Group(null, context);
      context.enter(group);
      start(() -> group.cancel(new Cause("cancelled")));
      child = new Sleeper(group);
      assertTrue(group.start(child));
      group.join(new Cause("interrupted"), new Cause("done"));
      assertTrue(child.over);
      context.leave(group);
    }

    @Override
    protected void verify() {
      assertNotNull(child.thrown);
      assertEquals("cancelled", child.thrown.getMessage());
      assertEquals(0, group.size());
      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void childStartAgainstCancel_theChildEndsCancelled(Way way) throws Exception {
    way.check(() -> new StartAgainstCancel().play());
  }

  /** A child that starts another as the last thing it does. */
  private static final class Parent extends Fiber {
    final Group home;
    volatile boolean grandchildOver;

    Parent(Group group) {
      super(group, false);
      this.home = group;
    }

    @Override
    protected void body() {
      var grandchild =
          new Fiber(home, false) {
            @Override
            protected void body() {}

            @Override
            protected void over(@Nullable Throwable failure, boolean interruptSent) {
              grandchildOver = true;
            }
          };
      assertTrue(home.start(grandchild));
    }

    @Override
    protected void over(@Nullable Throwable failure, boolean interruptSent) {}
  }

  private static final class LastEndAgainstNewChild extends Scenario {
    Group group;
    Parent parent;

    @Override
    protected void run(Context context) {
      group = new Group(null, context);
      context.enter(group);
      parent = new Parent(group);
      group.start(parent);
      group.join(new Cause("interrupted"), new Cause("done"));
      assertTrue(parent.grandchildOver, "the group ended before a child of a child");
      context.leave(group);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lastChildsEndAgainstANewChild_isWaitedFor(Way way) throws Exception {
    way.check(() -> new LastEndAgainstNewChild().play());
  }

  /** An interrupt, and then a cancellation, against a thread that waits for its children. */
  private static final class InterruptThenCancelAgainstJoin extends Scenario {
    Group group;
    Sleeper child;
    Thread joiner;
    boolean told;
    boolean flagAtExit;

    @Override
    protected void run(Context context) {
      joiner = Thread.currentThread();
      group = new Group(null, context);
      context.enter(group);
      child = new Sleeper(group);
      group.start(child);
      start(
          () -> {
            joiner.interrupt();
            group.cancel(new Cause("cancelled"));
          });
      told = group.join(new Cause("interrupted"), new Cause("done")) != null;
      assertTrue(child.over);
      context.leave(group);
      flagAtExit = Thread.interrupted();
    }

    @Override
    protected void verify() {
      assertTrue(told != flagAtExit, told ? "told twice" : "lost");
      assertFalse(Thread.interrupted(), "an interrupt came after the exit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptThenCancelAgainstJoin_theInterruptIsNotLost(Way way) throws Exception {
    way.check(() -> new InterruptThenCancelAgainstJoin().play());
  }
}
