package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that nobody waits for. They belong to a group, which does not end before they do, so none
 * is forgotten and no failure is lost.
 */
public final class FireAndForget implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    List<Task<?>> escaped = new ArrayList<>();

    // asyncio:
    //   task = asyncio.create_task(write_audit())
    //   print("not waiting")
    //   # await it or cancel it later, or it may vanish unfinished
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          escaped.add(group.start("audit", () -> writeAudit(start)));
          IO.println("not waiting, at " + Elapsed.since(start));
        });

    IO.println("the group ended at " + Elapsed.since(start));
    IO.println("the task is " + escaped.getFirst().state());

    try {
      TaskGroup.run(
          group -> {
            group.start("mail", FireAndForget::sendMail);
          });
    } catch (TaskGroupException failed) {
      IO.println("not lost: " + failed.getMessage());
    }
  }

  private static void writeAudit(Instant start) throws InterruptedException {
    sleep(ofSeconds(3));
    IO.println("audit written at " + Elapsed.since(start));
  }

  private static void sendMail() throws InterruptedException {
    sleep(ofSeconds(1));
    throw new IllegalStateException("the mailbox is full");
  }
}
