package dev.tandem.sync;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AsyncEventTest {

  @Test
  void set_letsEverybodyThrough_nowAndLater() throws Exception {
    VirtualTime.run(
        root -> {
          var event = AsyncEvent.create();
          var through = new AtomicInteger();
          for (int i = 0; i < 3; i++) {
            root.start(
                () -> {
                  event.await();
                  assertEquals(ofSeconds(1), VirtualTime.elapsed());
                  through.incrementAndGet();
                });
          }
          sleep(ofSeconds(1));
          assertFalse(event.isSet());
          assertEquals(new AsyncEvent.Statistics(false, 3), event.statistics());
          assertEquals("AsyncEvent[not set, waiting 3]", event.toString());
          event.set();
          event.set();
          assertTrue(event.isSet());
          assertEquals("AsyncEvent[set]", event.toString());
          event.await();
          assertTrue(event.await(ofSeconds(1)));
          sleep(ofSeconds(1));
          assertEquals(3, through.get());
        });
  }

  @Test
  void set_clearedAtOnce_whoWaitedGoesOnAndWhoComesLaterWaits() throws Exception {
    VirtualTime.run(
        root -> {
          var event = AsyncEvent.create();
          var waiter = root.start(() -> event.await());
          sleep(ofSeconds(1));
          event.set();
          event.clear();
          waiter.await();
          assertFalse(event.isSet());
          assertFalse(event.await(ofSeconds(2)));
          assertEquals(ofSeconds(3), VirtualTime.elapsed());
          event.clear();
          event.set();
          event.await();
        });
  }

  @Test
  void await_whoGivesUp_isNotCountedAnyMore() throws Exception {
    VirtualTime.run(
        root -> {
          var event = AsyncEvent.create();
          assertThrows(
              DeadlineExceededException.class, () -> timeout(ofSeconds(1), () -> event.await()));
          assertFalse(event.await(ofSeconds(1)));
          assertEquals(new AsyncEvent.Statistics(false, 0), event.statistics());
        });
  }

  @Test
  void await_cancelledBefore_throwsAlthoughItIsSet() throws Exception {
    VirtualTime.run(
        root -> {
          var event = AsyncEvent.create();
          event.set();
          var task =
              root.start(
                  () -> {
                    assertThrows(InterruptedException.class, () -> sleep(ofSeconds(9)));
                    assertThrows(InterruptedException.class, event::await);
                  });
          sleep(ofSeconds(1));
          task.cancel("test");
          sleep(ofSeconds(1));
        });
  }
}
