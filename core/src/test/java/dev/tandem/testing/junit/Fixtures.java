package dev.tandem.testing.junit;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.testing.VirtualTime;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/**
 * Tests that {@link VirtualTimeExtensionTest} runs, some of which fail; by themselves they are not
 * run.
 */
final class Fixtures {

  /** What has happened, for whoever runs them. */
  static final List<String> LOG = new ArrayList<>();

  private Fixtures() {}

  static final class Passing {
    @VirtualTimeTest
    void sleeps() throws Exception {
      sleep(ofHours(2));
      assertEquals(ofHours(2), VirtualTime.elapsed());
      LOG.add("slept");
    }

    @VirtualTimeTest
    void getsItsGroupAndWhatElseItAsksFor(TestInfo info, TaskGroup group) {
      group.start(
          () -> {
            sleep(ofSeconds(1));
            LOG.add(info.getDisplayName() + " waited for");
          });
    }

    @VirtualTimeTest(seeds = 3)
    void runsWithEachSeed(TestInfo info) {
      LOG.add(info.getDisplayName());
    }

    @VirtualTimeTest(
        seeds = 100,
        seed = {17, 23})
    void runsWithTheseSeeds(TestInfo info) {
      LOG.add(info.getDisplayName());
    }
  }

  /** Whoever is started first is ready first, it believes. */
  static final class Hasty {
    @VirtualTimeTest(seeds = 100)
    void dependsOnTheOrder(TaskGroup group) throws Exception {
      LOG.add("run");
      List<String> order = new ArrayList<>();
      var one = group.start(() -> order.add("one"));
      var two = group.start(() -> order.add("two"));
      one.await();
      two.await();
      assertEquals(List.of("one", "two"), order);
    }
  }

  static final class Stuck {
    @VirtualTimeTest
    void waitsForEver() throws Exception {
      AsyncEvent.create().await();
    }
  }

  static final class Lifecycle {
    private final List<String> own = new ArrayList<>();

    Lifecycle() {
      LOG.add("new");
    }

    @BeforeEach
    void before() {
      own.add("before");
      LOG.add("before");
    }

    @VirtualTimeTest(seeds = 2)
    void test() {
      assertEquals(List.of("before"), own);
      LOG.add("test");
    }

    @AfterEach
    void after() {
      LOG.add("after");
    }
  }

  static final class FailsBefore {
    @BeforeEach
    void before() {
      LOG.add("before");
      throw new IllegalStateException("not ready");
    }

    @VirtualTimeTest(seeds = 100)
    void neverRun() {
      LOG.add("test");
    }
  }

  static final class Assuming {
    @VirtualTimeTest(seeds = 3)
    void isSkipped() {
      LOG.add("run");
      assumeTrue(false);
    }
  }

  static final class Negative {
    @VirtualTimeTest(seeds = -1)
    void neverRun() {
      LOG.add("run");
    }
  }

  /** An annotation of somebody's own. */
  @VirtualTimeTest(seeds = 5)
  @Retention(RetentionPolicy.RUNTIME)
  @interface FiveOrders {}

  static final class Composed {
    @FiveOrders
    void run(TaskGroup group) throws Exception {
      var ran = new AtomicBoolean();
      group.start(() -> ran.set(true)).await();
      LOG.add("run");
      assertTrue(ran.get());
    }
  }

  static final class Limited {
    @VirtualTimeTest(horizon = "10 s")
    void ofTenSeconds_isOver() throws Exception {
      sleep(ofSeconds(11));
    }

    @VirtualTimeTest(horizon = "10s", seeds = 2)
    void ofTenSeconds_isReachedWithEachSeed() throws Exception {
      sleep(ofSeconds(10));
      LOG.add("reached");
    }

    @VirtualTimeTest(horizon = " 1000 D ")
    void ofAThousandDays_isReached() throws Exception {
      sleep(ofDays(1000));
      LOG.add("reached");
    }

    @VirtualTimeTest
    void ofAYear_isReached() throws Exception {
      sleep(ofDays(365));
      LOG.add("reached");
    }

    @VirtualTimeTest
    void ofAYear_isOver() throws Exception {
      sleep(ofDays(365).plusNanos(1));
    }

    @VirtualTimeTest(realTime = "100 ms")
    void realTime_isOver() throws Exception {
      new CountDownLatch(1).await();
    }
  }

  static final class BadHorizons {
    @VirtualTimeTest(horizon = "soon")
    void soon() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "0 s")
    void zero() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "-1 s")
    void negative() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "")
    void empty() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "3 weeks")
    void weeks() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "99999999999999999999 s")
    void more() {
      LOG.add("run");
    }

    @VirtualTimeTest(horizon = "999999999999999999 d")
    void muchMore() {
      LOG.add("run");
    }
  }

  static final class BadRealTime {
    @VirtualTimeTest(realTime = "1.5 s")
    void neverRun() {
      LOG.add("run");
    }
  }
}
