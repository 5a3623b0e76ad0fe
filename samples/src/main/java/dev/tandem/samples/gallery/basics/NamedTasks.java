package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;

/** Tasks with names: start them, do something else, then wait for the result of each. */
public final class NamedTasks implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   a = asyncio.create_task(work("A", 2), name="A")
    //   b = asyncio.create_task(work("B", 1), name="B")
    //   print("Tasks created")
    //   print("Results:", await a, await b)
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          Task<String> a = group.start("A", () -> work("A", 2));
          Task<String> b = group.start("B", () -> work("B", 1));
          IO.println("Tasks created");
          IO.println("Results: " + a.await() + ", " + b.await());
        });

    IO.println("after " + Elapsed.since(start));
  }

  private static String work(String name, int seconds) throws InterruptedException {
    IO.println(name + " starting");
    sleep(ofSeconds(seconds));
    IO.println(name + " done");
    return name;
  }
}
