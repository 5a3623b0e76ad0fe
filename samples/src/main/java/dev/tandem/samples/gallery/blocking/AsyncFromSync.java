package dev.tandem.samples.gallery.blocking;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;

/**
 * Concurrent code, called from a method that knows nothing of it. There are no two kinds of
 * methods, so there is nothing to cross: the call returns when everything in it is done.
 */
public final class AsyncFromSync implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    IO.println(report() + " after " + Elapsed.since(start));
  }

  /** A plain method. */
  private static String report() throws InterruptedException {
    // asyncio:
    //   def report():
    //       results = asyncio.run(fetch_all())  # not if a loop runs already
    //       return ", ".join(results)
    //
    // Tandem:
    List<String> results = fetchAll();
    return String.join(", ", results);
  }

  private static List<String> fetchAll() throws InterruptedException {
    return gather(List.of("endpoints", "groups", "policies"), AsyncFromSync::fetch);
  }

  private static String fetch(String what) throws InterruptedException {
    sleep(ofSeconds(1));
    return what + " done";
  }
}
