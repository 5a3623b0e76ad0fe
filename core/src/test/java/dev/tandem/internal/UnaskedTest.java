package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** While nobody asks, being able to be asked costs nothing. */
final class UnaskedTest {

  /** Real time, whose clock says how often it was read. */
  private static final class Counted extends ObservedRuntime {
    final AtomicInteger reads = new AtomicInteger();
    final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    @Override
    public long now() {
      reads.incrementAndGet();
      return RealRuntime.INSTANCE.now();
    }

    @Override
    public Thread newThread(Runnable body) {
      Thread thread = RealRuntime.INSTANCE.newThread(body);
      threads.add(thread);
      return thread;
    }

    @Override
    public void start(Thread thread) {
      thread.start();
    }

    @Override
    public void ended() {}

    @Override
    public Timer schedule(long deadline, Runnable action) {
      return RealRuntime.INSTANCE.schedule(deadline, action);
    }

    @Override
    public void park(Waiter waiter, long deadline) {
      RealRuntime.INSTANCE.park(waiter, deadline);
    }
  }

  private static final class Cause extends CancelCause {
    @Override
    public InterruptedException exception(boolean traced) {
      return new InterruptedException();
    }
  }

  /** A child that waits, and counts who asks for words. */
  private static final class Asked extends Fiber {
    final AtomicInteger words;
    final Latch end;

    Asked(Group group, Latch end, AtomicInteger words) {
      super(group, false);
      this.end = end;
      this.words = words;
    }

    @Override
    public String label() {
      words.incrementAndGet();
      return "asked";
    }

    @Override
    protected void body() throws InterruptedException {
      end.await(TaskRuntime.NEVER);
    }

    @Override
    protected void over(@Nullable Throwable thrown, boolean interruptSent) {}
  }

  private final Counted runtime = new Counted();

  @Test
  void groupsTasksAndWaits_whileNobodyAsks_readNoClockAndGiveNoNames() throws Throwable {
    Context.callOn(
        runtime,
        context -> {
          assertNull(context.moments());
          program();
          return null;
        });
    assertEquals(0, runtime.reads.get());
    assertEquals(20, runtime.threads.size());
    assertTrue(runtime.threads.stream().allMatch(thread -> thread.getName().isEmpty()));
  }

  @Test
  void groupsTasksAndWaits_whileTimesAreKept_readTheClock() throws Throwable {
    Moments.keep(true);
    try {
      Context.callOn(
          runtime,
          context -> {
            program();
            return null;
          });
    } finally {
      Moments.keep(false);
    }
    // Each begins once and waits at least once.
    assertTrue(runtime.reads.get() >= 40, "reads " + runtime.reads.get());
    assertTrue(runtime.threads.stream().noneMatch(thread -> thread.getName().isEmpty()));
  }

  @Test
  void waitAndCancellation_whileNobodyAsks_askNobodyForWords() throws Throwable {
    var words = new AtomicInteger();
    Context.callOn(
        runtime,
        context -> {
          var group = new Group("group", context);
          context.enter(group);
          var end =
              new Latch(
                  () -> {
                    words.incrementAndGet();
                    return Awaited.of("latch");
                  });
          var granted = new Asked(group, end, words);
          group.start(granted);
          awaitWait(granted);
          end.open();
          var cancelled = new Asked(group, new Latch(), words);
          group.start(cancelled);
          awaitWait(cancelled);
          cancelled.cancel(new Cause());
          group.join(new Cause(), new Cause());
          context.leave(group);
          return null;
        });
    assertEquals(0, words.get());
  }

  @Test
  void telling_whileNobodyAsks_allocatesNothing() throws Throwable {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Context.callOn(
        runtime,
        context -> {
          var group = new Group("group", context);
          var fiber = new Asked(group, new Latch(), new AtomicInteger());
          var cause = new Cause();
          long least = Long.MAX_VALUE;
          for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
              tellAll(group, fiber, cause);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
          }
          assertEquals(0, least);
          return null;
        });
    assertEquals(0, runtime.reads.get());
  }

  private static void tellAll(Group group, Fiber fiber, CancelCause cause) {
    Observing.opened(group);
    Observing.spawned(fiber);
    Observing.ended(fiber, TaskEnding.RETURNED, null);
    Observing.tell(Observing.cancelAsked(group, cause));
    cause.asked(fiber.context.runtime());
    Flight.groupEnds(Flight.groupBegins(), group);
    Observing.closed(group);
  }

  /** Twenty tasks without names that hand on a permit, a lock and an event. */
  private static void program() throws Exception {
    var semaphore = AsyncSemaphore.of(1);
    var lock = AsyncLock.create();
    var go = AsyncEvent.create();
    TaskGroup.run(
        (TaskGroup group) -> {
          for (int i = 0; i < 20; i++) {
            group.start(
                () -> {
                  go.await();
                  semaphore.run(() -> lock.run(Thread::yield));
                });
          }
          while (go.statistics().waiting() < 20) {
            Thread.onSpinWait();
          }
          go.set();
        });
  }

  private static void awaitWait(Fiber fiber) {
    while (fiber.context.waiter() == null) {
      Thread.onSpinWait();
    }
  }
}
