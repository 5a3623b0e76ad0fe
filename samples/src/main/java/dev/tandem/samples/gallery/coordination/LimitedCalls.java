package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static java.util.stream.IntStream.rangeClosed;

import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import dev.tandem.sync.AsyncSemaphore;
import java.time.Instant;
import java.util.List;

/**
 * At most so many at once: ten tasks that share three permits, and a hundred hosts of which ten are
 * asked at a time. A gather knows how to limit itself; a semaphore also limits what is not in one
 * gather.
 */
public final class LimitedCalls implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    List<String> tasks = rangeClosed(1, 10).mapToObj(n -> "task " + n).toList();

    // asyncio:
    //   sem = asyncio.Semaphore(3)
    //   async def limited(name):
    //       async with sem:
    //           await work(name)
    //   await asyncio.gather(*[limited(t) for t in tasks])
    //
    // Tandem:
    var semaphore = AsyncSemaphore.of(3);
    gather(tasks, task -> semaphore.run(() -> work(task, start)));

    IO.println("10 tasks with 3 permits: " + Elapsed.since(start));

    Instant again = Tandem.now();
    List<String> hosts = rangeClosed(1, 100).mapToObj(n -> "host-" + n).toList();
    List<String> results = Gather.over(hosts).limit(10).run(LimitedCalls::fetch);
    IO.println(results.size() + " hosts by 10: " + Elapsed.since(again));
  }

  private static String work(String task, Instant start) throws InterruptedException {
    IO.println(task + " starts at " + Elapsed.since(start));
    sleep(ofSeconds(1));
    return task;
  }

  private static String fetch(String host) throws InterruptedException {
    sleep(ofSeconds(1));
    return host + ": ok";
  }
}
