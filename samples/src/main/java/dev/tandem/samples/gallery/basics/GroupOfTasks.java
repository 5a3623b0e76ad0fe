package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.TaskFailedException;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Tasks that end together. Their group returns when all are done; if one fails the others are
 * cancelled at once. A group that collects lets them finish and reports every failure.
 */
public final class GroupOfTasks implements Sample {

  @Override
  public void run() throws InterruptedException {
    List<String> hosts = List.of("sw1", "sw2", "rtr1");
    Instant start = Tandem.now();

    // asyncio:
    //   results = {}
    //   async with asyncio.TaskGroup() as group:
    //       for host in hosts:
    //           group.create_task(fetch_and_store(host, results))
    //
    // Tandem:
    Map<String, String> results = new ConcurrentSkipListMap<>();
    TaskGroup.run(
        group -> {
          for (String host : hosts) {
            group.start(host, () -> fetchAndStore(host, results));
          }
        });

    IO.println(results + " after " + Elapsed.since(start));
    oneFails();
    allFailuresAreReported();
  }

  private static void oneFails() throws InterruptedException {
    Instant start = Tandem.now();
    try {
      TaskGroup.run(
          group -> {
            group.start("sw1", () -> watch("sw1", start));
            group.start("sw2", () -> watch("sw2", start));
            group.start("bad", () -> refuse("bad"));
          });
    } catch (TaskGroupException failed) {
      IO.println(failed.getMessage() + ", at " + Elapsed.since(start));
    }
  }

  private static void allFailuresAreReported() throws InterruptedException {
    try {
      TaskGroup.collect(
          group -> {
            group.start("bad-1", () -> refuse("bad-1"));
            group.start("sw1", () -> fetchAndStore("sw1", new ConcurrentSkipListMap<>()));
            group.start("bad-2", () -> refuse("bad-2"));
          });
    } catch (TaskGroupException failed) {
      IO.println(failed.failureCount() + " failures:");
      for (TaskFailedException failure : failed.failures()) {
        IO.println("  " + failure.path() + ": " + failure.failure().getMessage());
      }
    }
  }

  private static void fetchAndStore(String host, Map<String, String> results)
      throws InterruptedException {
    sleep(ofSeconds(1));
    results.put(host, "config of " + host);
  }

  private static void watch(String host, Instant start) throws InterruptedException {
    try {
      sleep(ofSeconds(10));
    } catch (CancelledException cancelled) {
      IO.println(host + " was cancelled at " + Elapsed.since(start));
      throw cancelled;
    }
  }

  private static void refuse(String host) throws IOException, InterruptedException {
    sleep(ofMillis(500));
    throw new ConnectException(host + " refused the connection");
  }
}
