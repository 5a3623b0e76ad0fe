package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several calls at once. Their results come in the order of the calls, whoever is done first, after
 * the time of the slowest.
 */
public final class GatherInOrder implements Sample {

  private record Dashboard(int endpoints, List<String> policies) {}

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   results = await asyncio.gather(
    //       fetch("url1", 1),
    //       fetch("url2", 2),
    //       fetch("url3", 1),
    //   )
    //
    // Tandem:
    List<String> results =
        gather(
            () -> fetch("url1", 1), // a call each
            () -> fetch("url2", 2),
            () -> fetch("url3", 1));

    IO.println(results + " after " + Elapsed.since(start));

    start = Tandem.now();
    List<String> hosts = IntStream.rangeClosed(1, 1_000).mapToObj(n -> "ise-" + n).toList();
    List<String> many = gather(hosts, host -> fetch(host, 1));
    IO.println(
        many.size() + " calls, the last gave " + many.getLast() + ", " + Elapsed.since(start));

    start = Tandem.now();
    List<String> one = gather(() -> fetch("url1", 1));
    IO.println("one call: " + one + " after " + Elapsed.since(start));
    IO.println("no call: " + gather(List.of(), host -> fetch("url1", 1)));

    start = Tandem.now();
    Dashboard different =
        gather(GatherInOrder::countEndpoints, GatherInOrder::policies, Dashboard::new);
    IO.println("of different types: " + different + " after " + Elapsed.since(start));
  }

  private static String fetch(String url, int seconds) throws InterruptedException {
    sleep(ofSeconds(seconds));
    return url + " data";
  }

  private static int countEndpoints() throws InterruptedException {
    sleep(ofSeconds(2));
    return 42;
  }

  private static List<String> policies() throws InterruptedException {
    sleep(ofSeconds(1));
    return List.of("permit", "deny");
  }
}
