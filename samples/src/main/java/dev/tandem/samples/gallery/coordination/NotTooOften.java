package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.stream.IntStream.rangeClosed;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import dev.tandem.sync.RateLimiter;
import java.time.Instant;
import java.util.List;

/**
 * So many calls a second, however many want to: evenly, with a burst after a quiet time, and a
 * place in the queue that is given back by whoever gives up.
 */
public final class NotTooOften implements Sample {

  @Override
  public void run() throws InterruptedException {
    twoASecond();
    burst();
    givingUp();
  }

  private static void twoASecond() throws InterruptedException {
    List<Integer> calls = rangeClosed(1, 6).boxed().toList();
    Instant start = Tandem.now();

    // asyncio, with a class of one's own:
    //   class RateLimiter:
    //       def __init__(self, rate):
    //           self.gap, self.next = 1 / rate, 0
    //       async def acquire(self):
    //           now = asyncio.get_running_loop().time()
    //           self.next = max(now, self.next + self.gap)
    //           await asyncio.sleep(self.next - now)
    //
    // Tandem:
    var limiter = RateLimiter.spaced(2, ofSeconds(1));
    Gather.over(calls)
        .forEach(
            call -> {
              limiter.acquire();
              IO.println("call " + call + " at " + Elapsed.since(start));
            });
  }

  private static void burst() throws InterruptedException {
    var limiter = RateLimiter.of(1, ofSeconds(1), 3);
    sleep(ofSeconds(10));
    Instant start = Tandem.now();
    for (int call = 1; call <= 5; call++) {
      limiter.acquire();
      IO.println("burst of 3: call " + call + " at " + Elapsed.since(start));
    }
  }

  private static void givingUp() throws InterruptedException {
    var limiter = RateLimiter.spaced(ofSeconds(1));
    Instant start = Tandem.now();
    TaskGroup.run(
        group -> {
          call("first", limiter, start);
          group.start(
              "second",
              () -> {
                boolean called = moveOnAfter(ofMillis(500), () -> call("second", limiter, start));
                IO.println(called ? "second was in time" : "second gave up");
              });
          sleep(ofMillis(100));
          group.start("third", () -> call("third", limiter, start));
        });
  }

  private static void call(String name, RateLimiter limiter, Instant start)
      throws InterruptedException {
    limiter.acquire();
    IO.println(name + " at " + Elapsed.since(start));
  }
}
