package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;

/**
 * A run inside a run. asyncio refuses it, because a thread has one event loop. Here there is no
 * loop to have twice: the inner run is a group within the outer one, cancelled with it, and
 * nothing waits for itself. A plain call does as well.
 */
public final class NestedRun implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   async def outer():
    //       asyncio.run(inner())  # RuntimeError: a loop is running already
    //
    // Tandem:
    Tandem.run(
        outer -> {
          Tandem.run((TaskGroup inner) -> work("inside the inner run", start));
          work("inside the outer run again", start);
        });

    work("by a plain call", start);
    TaskGroup.run(
        group -> {
          group.start("task", () -> Tandem.run((TaskGroup own) -> work("in a task", start)));
          work("beside it", start);
        });
    IO.println("all done at " + Elapsed.since(start) + ", and nobody waited for ever");
  }

  private static void work(String where, Instant start) throws InterruptedException {
    sleep(ofSeconds(1));
    IO.println(where + " at " + Elapsed.since(start));
  }
}
