package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import dev.tandem.sync.AsyncLock;
import java.time.Instant;
import java.util.List;

/** One at a time: three workers and one lock, which knows who has it. */
public final class TakingTurns implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    var lock = AsyncLock.create("printer");
    Gather.over(List.of("A", "B", "C")).forEach(name -> work(lock, name, start));
    IO.println("all done at " + Elapsed.since(start));
  }

  private static void work(AsyncLock lock, String name, Instant start) throws InterruptedException {
    // asyncio:
    //   async with lock:
    //       print(name, "acquired")
    //       await asyncio.sleep(1)
    //       print(name, "released")
    //
    // Tandem:
    try (var _ = lock.lock()) {
      IO.println(name + " acquired at " + Elapsed.since(start) + ", " + waiting(lock));
      sleep(ofSeconds(1));
      IO.println(name + " released");
    }
  }

  private static String waiting(AsyncLock lock) {
    return lock.statistics().waiting() + " waiting";
  }
}
