package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.CancelledException;
import dev.tandem.Outcome;
import dev.tandem.Outcome.Cancelled;
import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.net.NoRouteToHostException;
import java.time.Instant;
import java.util.List;

/**
 * When one of several calls fails. By default the first failure stops the others and is thrown as
 * itself; asked for outcomes, each call keeps its own, beside its host and in order.
 */
public final class GatherFailures implements Sample {

  @Override
  public void run() throws InterruptedException {
    List<String> hosts = List.of("ise-01", "bad-host", "ise-03");
    Instant start = Tandem.now();
    try {
      gather(hosts, GatherFailures::check);
    } catch (NoRouteToHostException failure) {
      IO.println("gather threw after " + Elapsed.since(start) + ": " + failure.getMessage());
    }

    start = Tandem.now();

    // asyncio:
    //   results = await asyncio.gather(
    //       *[check(h) for h in hosts], return_exceptions=True)
    //   for i, result in enumerate(results):
    //       if isinstance(result, Exception):
    //           print(i, hosts[i], "FAILED", result)
    //       else:
    //           print(i, hosts[i], result)
    //
    // Tandem:
    List<Outcome<String, String>> outcomes = gatherOutcomes(hosts, GatherFailures::check);
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Success(var host, var result) -> IO.println(i + " " + host + ": " + result);
        case Failure(var host, var error) -> IO.println(i + " " + host + " FAILED: " + error);
        case Cancelled(var host, var why) -> IO.println(i + " " + host + " not asked: " + why);
      }
    }

    IO.println("all outcomes after " + Elapsed.since(start));
  }

  private static String check(String host) throws InterruptedException, NoRouteToHostException {
    if (host.startsWith("bad")) {
      sleep(ofMillis(500));
      throw new NoRouteToHostException("no route to " + host);
    }
    try {
      sleep(ofSeconds(1));
    } catch (CancelledException cancelled) {
      IO.println(host + " was stopped: " + cancelled.cancellation().reason());
      throw cancelled;
    }
    return "ok";
  }
}
