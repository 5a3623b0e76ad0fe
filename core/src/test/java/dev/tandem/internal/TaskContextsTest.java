package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualTime;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

final class TaskContextsTest {

  /** More than there are places, so that each is taken from its owner again and again. */
  private static final int TASKS = 1_000;

  @Test
  void current_moreTasksThanPlaces_isAlwaysTheOwn() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          for (int i = 0; i < TASKS; i++) {
            group.start(
                () -> {
                  Context own = Context.current();
                  for (int round = 0; round < 100; round++) {
                    Thread.yield();
                    assertSame(own, Context.current());
                  }
                });
          }
        });
  }

  @Test
  void current_afterAnInnerRunOnTheSameThread_isTheOuterAgain() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              () -> {
                Context outer = Context.current();
                VirtualTime.run((TaskGroup inner) -> Tandem.checkpoint());
                assertSame(outer, Context.current());
              });
        });
    assertNull(Context.current());
  }

  @Test
  void end_whoeverHadItsPlaceMeanwhile_keepsNothingOfTheTask() throws Exception {
    List<WeakReference<Context>> contexts = new ArrayList<>();
    TaskGroup.run(
        (TaskGroup group) -> {
          for (int i = 0; i < TASKS; i++) {
            contexts.add(group.start(() -> new WeakReference<>(Context.current())).await());
          }
        });
    for (WeakReference<Context> context : contexts) {
      for (int i = 0; i < 100 && context.get() != null; i++) {
        System.gc();
      }
      assertNull(context.get());
    }
  }

  /** More threads than Roots tells apart, so that some are taken for one another. */
  @Test
  void current_ofAThreadThatIsNoTask_isThereInAScopeAndNowhereElse() throws Exception {
    TaskGroup.run(
        (TaskGroup outer) -> {
          Context ofThis = Context.current();
          var wrong = new ConcurrentLinkedQueue<Throwable>();
          for (int i = 0; i < 600; i++) {
            Thread bare =
                Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, thrown) -> wrong.add(thrown))
                    .start(() -> assertContextIsThereInAScopeAlone(ofThis));
            bare.join();
          }
          assertEquals(List.of(), List.copyOf(wrong));
          assertSame(ofThis, Context.current());
        });
  }

  private static void assertContextIsThereInAScopeAlone(Context ofAnother) {
    assertNull(Context.current());
    try {
      TaskGroup.run(
          (TaskGroup group) -> {
            Context own = Context.current();
            assertNotNull(own);
            assertNotSame(ofAnother, own);
            VirtualTime.run((TaskGroup inner) -> assertNotSame(own, Context.current()));
            assertSame(own, Context.current());
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    assertNull(Context.current());
  }
}
