package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Tandem;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;

/**
 * All items of an API that gives them page by page, until a page is empty. The generator has opened
 * what it reads from and closes it, also when the loop is left early.
 */
public final class PagesUntilEmpty implements Sample {

  private static AsyncIterator<String> items() throws InterruptedException {
    // asyncio:
    //   page = 1
    //   while items := (await client.get(page=page))["items"]:
    //       for item in items:
    //           yield item
    //       page += 1
    //
    // Tandem:
    return AsyncIterator.generate(
        out -> {
          try (var client = new Client()) {
            for (var page = client.get(1); !page.isEmpty(); page = client.next()) {
              out.emitAll(page);
            }
          }
        });
  }

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    try (var items = items()) {
      IO.println(items.toList() + " after " + Elapsed.since(start));
    }

    try (var items = items()) {
      for (String item : items) {
        IO.println(item + " is enough");
        break;
      }
    }
  }

  /** Stands for a client of an API with seven endpoints, three on a page, 200 ms each. */
  private static final class Client implements AutoCloseable {

    private static final List<String> ALL = List.of("e1", "e2", "e3", "e4", "e5", "e6", "e7");
    private static final int SIZE = 3;

    private int page;

    List<String> get(int number) throws InterruptedException {
      sleep(ofMillis(200));
      page = number;
      int from = Math.min((number - 1) * SIZE, ALL.size());
      List<String> items = ALL.subList(from, Math.min(from + SIZE, ALL.size()));
      IO.println("GET /api/endpoints?page=" + number + " gave " + items.size());
      return items;
    }

    List<String> next() throws InterruptedException {
      return get(page + 1);
    }

    @Override
    public void close() {
      IO.println("client closed");
    }
  }
}
