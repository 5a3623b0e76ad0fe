package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.asCompleted;
import static dev.tandem.Tandem.sleep;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Results in the order in which they come. Whoever leaves the loop early cancels the rest. */
public final class AsCompleted implements Sample {

  private record Page(String url, Duration takes) {}

  private static final List<Page> PAGES =
      List.of(
          new Page("url1", Duration.ofSeconds(3)),
          new Page("url2", Duration.ofSeconds(1)),
          new Page("url3", Duration.ofSeconds(2)));

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   for next_one in asyncio.as_completed([fetch(p) for p in pages]):
    //       print(await next_one)
    //
    // Tandem:
    try (var results = asCompleted(PAGES, AsCompleted::fetch)) {
      for (var result : results) {
        IO.println(result.orElseThrow() + " at " + Elapsed.since(start));
      }
    }

    start = Tandem.now();
    try (var results = asCompleted(PAGES, AsCompleted::fetch)) {
      for (var result : results) {
        IO.println(result.orElseThrow() + " is enough");
        break;
      }
    }
    IO.println("left at " + Elapsed.since(start));
  }

  private static String fetch(Page page) throws InterruptedException {
    try {
      sleep(page.takes());
    } catch (CancelledException cancelled) {
      IO.println(page.url() + " was cancelled");
      throw cancelled;
    }
    return page.url() + " data";
  }
}
