package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;

/**
 * Something that goes on beside the main work. A daemon is cancelled when the work of its group is
 * done; any task can be cancelled by hand. The task sees it, and why.
 */
public final class BackgroundTask implements Sample {

  @Override
  public void run() throws InterruptedException {
    // asyncio:
    //   task = asyncio.create_task(log())
    //   await asyncio.sleep(12)
    //   print("main work done")
    //   # log() is cut off when the loop ends
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          group.startDaemon("log", BackgroundTask::log);
          sleep(ofSeconds(12));
          IO.println("main work done");
        });

    IO.println();
    TaskGroup.run(
        group -> {
          Task<?> sync = group.start("sync", BackgroundTask::log);
          sleep(ofSeconds(7));
          sync.cancel("nobody needs it any more");
        });
  }

  private static void log() throws InterruptedException {
    Instant start = Tandem.now();
    try {
      while (true) {
        IO.println("[log] running at " + Elapsed.since(start));
        sleep(ofSeconds(5));
      }
    } catch (CancelledException cancelled) {
      IO.println("[log] stopped at " + Elapsed.since(start) + ": " + cancelled.cancellation());
      throw cancelled;
    }
  }
}
