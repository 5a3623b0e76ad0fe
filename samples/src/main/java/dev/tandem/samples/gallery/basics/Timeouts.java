package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Gather;
import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Deadlines: around one call, around a block, one for each host of a gather, and one inside the
 * other, where the message says whose it was.
 */
public final class Timeouts implements Sample {

  @Override
  public void run() throws InterruptedException {
    oneCall();
    aBlock();
    eachHost();
    nested();
  }

  private static void oneCall() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   try:
    //       print(await asyncio.wait_for(slow(), timeout=2))
    //   except asyncio.TimeoutError:
    //       print("timed out")
    //
    // Tandem:
    try {
      IO.println(timeout(ofSeconds(2), () -> slow(ofSeconds(10))));
    } catch (DeadlineExceededException late) {
      IO.println("timed out after " + Elapsed.since(start));
    }

    Optional<String> maybe = moveOnAfter(ofSeconds(2), () -> slow(ofSeconds(10)));
    IO.println("without an exception: " + maybe);
  }

  private static void aBlock() throws InterruptedException {
    Instant start = Tandem.now();
    try {
      timeout(
          ofSeconds(2),
          () -> {
            IO.println("first step: " + slow(ofMillis(1500)));
            IO.println("second step: " + slow(ofMillis(1500)));
          });
    } catch (DeadlineExceededException late) {
      IO.println("the block was cut short at " + Elapsed.since(start));
    }
  }

  private static void eachHost() throws InterruptedException {
    List<Integer> hosts = List.of(1, 10, 3);
    var outcomes = Gather.over(hosts).timeout(ofSeconds(5)).outcomes(Timeouts::check);
    for (var outcome : outcomes) {
      switch (outcome) {
        case Success(var host, var status) -> IO.println("host-" + host + ": " + status);
        case Failure(var host, var error) -> IO.println("host-" + host + ": " + error.getMessage());
        case Cancelled(var host, var why) -> IO.println("host-" + host + ": " + why);
      }
    }
  }

  private static void nested() throws InterruptedException {
    Instant start = Tandem.now();
    try {
      timeout(
          "the whole job",
          ofSeconds(3),
          () -> {
            for (int step = 1; ; step++) {
              timeout("step " + step, ofSeconds(2), () -> slow(ofMillis(1250)));
              IO.println("step " + step + " done at " + Elapsed.since(start));
            }
          });
    } catch (DeadlineExceededException late) {
      IO.println(late.getMessage() + ", at " + Elapsed.since(start));
    }
  }

  private static String check(int seconds) throws InterruptedException {
    return slow(ofSeconds(seconds));
  }

  private static String slow(Duration time) throws InterruptedException {
    sleep(time);
    return "done";
  }
}
