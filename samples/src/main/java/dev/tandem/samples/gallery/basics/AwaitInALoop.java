package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The usual first mistake, waiting for each call inside the loop, and what to write instead. */
public final class AwaitInALoop implements Sample {

  @Override
  public void run() throws InterruptedException {
    List<String> nodes = List.of("ise-01", "ise-02", "ise-03", "ise-04", "ise-05");
    Instant start = Tandem.now();
    List<String> results = new ArrayList<>();

    // asyncio:
    //   for node in nodes:  # waits for each before it asks the next
    //       results.append(await fetch(node))
    //
    //   results = await asyncio.gather(*[fetch(node) for node in nodes])
    //
    // Tandem:
    for (String node : nodes) {
      results.add(fetch(node));
    }
    String inTheLoop = Elapsed.since(start);
    start = Tandem.now();
    List<String> atOnce = gather(nodes, AwaitInALoop::fetch);

    IO.println("in the loop: " + inTheLoop + ", " + results);
    IO.println("at once:     " + Elapsed.since(start) + ", " + atOnce);
  }

  private static String fetch(String node) throws InterruptedException {
    sleep(ofSeconds(1));
    return node + " ok";
  }
}
