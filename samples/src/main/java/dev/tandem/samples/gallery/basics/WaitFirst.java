package dev.tandem.samples.gallery.basics;

import static dev.tandem.ReturnWhen.ALL_COMPLETED;
import static dev.tandem.ReturnWhen.FIRST_COMPLETED;
import static dev.tandem.ReturnWhen.FIRST_EXCEPTION;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.waitFor;
import static java.time.Duration.ofSeconds;

import dev.tandem.ReturnWhen;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.Waited;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;

/**
 * Waiting for some of the tasks: until the first has ended, the first has failed, or all have, and
 * not longer than a given time. What is not done goes on until it is cancelled.
 */
public final class WaitFirst implements Sample {

  @Override
  public void run() throws InterruptedException {
    firstCompleted();
    firstException();
    allWithATimeout();
  }

  private static void firstCompleted() throws InterruptedException {
    TaskGroup.run(
        group -> {
          List<Task<String>> tasks = threeFetches(group);
          Instant start = Tandem.now();

          // asyncio:
          //   done, pending = await asyncio.wait(
          //       tasks, return_when=asyncio.FIRST_COMPLETED)
          //   print("First:", [t.result() for t in done])
          //   for task in pending:
          //       task.cancel()
          //
          // Tandem:
          Waited<Task<String>> waited = waitFor(tasks, FIRST_COMPLETED);
          IO.println("First: " + waited.done().getFirst().await());
          waited.pending().forEach(task -> task.cancel("another was first"));

          show(FIRST_COMPLETED, waited, start);
        });
  }

  private static void firstException() throws InterruptedException {
    try {
      TaskGroup.collect(
          group -> {
            Instant start = Tandem.now();
            var good = group.start("good", () -> fetch("url1", 3));
            var bad = group.start("bad", WaitFirst::refuse);
            show(FIRST_EXCEPTION, waitFor(List.of(good, bad), FIRST_EXCEPTION), start);
          });
    } catch (TaskGroupException failed) {
      IO.println("and the group says: " + failed.getMessage());
    }
  }

  private static void allWithATimeout() throws InterruptedException {
    TaskGroup.run(
        group -> {
          Instant start = Tandem.now();
          var waited = waitFor(threeFetches(group), ALL_COMPLETED, ofSeconds(2));
          show(ALL_COMPLETED, waited, start);
          group.cancel("two seconds were enough");
        });
  }

  private static List<Task<String>> threeFetches(TaskGroup group) {
    return List.of(
        group.start("url1", () -> fetch("url1", 2)),
        group.start("url2", () -> fetch("url2", 1)),
        group.start("url3", () -> fetch("url3", 3)));
  }

  private static void show(ReturnWhen when, Waited<?> waited, Instant start) {
    int done = waited.done().size();
    int pending = waited.pending().size();
    String time = Elapsed.since(start);
    IO.println(when + " at " + time + ": Done: " + done + ", Pending: " + pending);
  }

  private static String fetch(String url, int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return url + " data";
  }

  private static String refuse() throws InterruptedException, ConnectException {
    sleep(ofSeconds(1));
    throw new ConnectException("connection refused");
  }
}
