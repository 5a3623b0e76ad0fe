package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.HttpException;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.LabSample;
import dev.tandem.samples.lab.IseLab;
import dev.tandem.samples.lab.LabSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * All items of an API that gives them page by page, until a page is empty. The generator has opened
 * what it reads from and closes it, also when the loop is left early. With {@code --lab} the API is
 * that of an ISE node, asked by HTTPS.
 */
public final class PagesUntilEmpty implements LabSample {

  /** Of some API; knows which page is the next. */
  private interface Client extends AutoCloseable {
    List<String> next() throws HttpException, InterruptedException;

    @Override
    void close();
  }

  private static AsyncIterator<String> items(Supplier<Client> api)
      throws HttpException, InterruptedException {
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
          try (var client = api.get()) {
            for (var page = client.next(); !page.isEmpty(); page = client.next()) {
              out.emitAll(page);
            }
          }
        });
  }

  private static void readAll(Supplier<Client> api) throws HttpException, InterruptedException {
    Instant start = Tandem.now();
    try (var items = items(api)) {
      List<String> all = items.toList();
      int different = new HashSet<>(all).size();
      IO.println(all.size() + " items, " + different + " different, " + Elapsed.since(start));
    }

    try (var items = items(api)) {
      for (String item : items) {
        IO.println(item + " is enough");
        break;
      }
    }
  }

  @Override
  public void run() throws Exception {
    readAll(Simulated::new);
  }

  @Override
  public void runInLab() throws Exception {
    TaskGroup.<Exception>run(
        group -> {
          IseLab lab = IseLab.start(group, LabSettings.of(1, ofMillis(200)));
          readAll(() -> new Ise(lab));
        });
  }

  /** Stands for a client of an API with seven endpoints, three on a page, 200 ms each. */
  private static final class Simulated implements Client {

    private static final List<String> ALL = List.of("e1", "e2", "e3", "e4", "e5", "e6", "e7");
    private static final int SIZE = 3;

    private int page;

    @Override
    public List<String> next() throws InterruptedException {
      sleep(ofMillis(200));
      int from = Math.min(page++ * SIZE, ALL.size());
      List<String> items = ALL.subList(from, Math.min(from + SIZE, ALL.size()));
      IO.println("GET /api/endpoints?page=" + page + " gave " + items.size());
      return items;
    }

    @Override
    public void close() {
      IO.println("client closed");
    }
  }

  private static final class Ise implements Client {

    private final AsyncHttpClient http;
    private int page;

    Ise(IseLab lab) {
      http =
          AsyncHttpClient.builder()
              .baseUrl(lab.baseUrl(0) + "/ers/config")
              .verifyTls(false)
              .basicAuth(lab.username(), lab.password())
              .header("Accept", "application/json")
              .build();
    }

    @Override
    public List<String> next() throws HttpException, InterruptedException {
      String target = "/endpoint?size=100&page=" + ++page;
      var found = http.get(target).raiseForStatus().json().path("SearchResult").path("resources");
      List<String> names = new ArrayList<>();
      found.forEach(endpoint -> names.add(endpoint.path("name").asString()));
      IO.println("GET " + target + " gave " + names.size());
      return names;
    }

    @Override
    public void close() {
      http.close();
      IO.println("client closed");
    }
  }
}
