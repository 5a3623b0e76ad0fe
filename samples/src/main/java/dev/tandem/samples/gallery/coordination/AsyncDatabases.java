package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Resource;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A database that is connected for as long as a block lasts. Outside of it, queries are refused. */
public final class AsyncDatabases implements Sample {

  /** Stands for a driver: half a second to connect, 0.2 to ask, 0.1 to say goodbye. */
  private static final class AsyncDatabase {

    private final String url;
    private boolean connected;

    private AsyncDatabase(String url) {
      this.url = url;
    }

    static AsyncDatabase connect(String url) throws InterruptedException {
      IO.println("Connecting to " + url);
      sleep(ofMillis(500));
      var database = new AsyncDatabase(url);
      database.connected = true;
      return database;
    }

    List<Map<String, String>> query(String sql) throws InterruptedException {
      if (!connected) {
        throw new IllegalStateException("Not connected");
      }
      sleep(ofMillis(200));
      return List.of(Map.of("asked", sql), Map.of("of", url));
    }

    void disconnect() throws InterruptedException {
      IO.println("Disconnecting");
      sleep(ofMillis(100));
      connected = false;
    }
  }

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    String url = "postgres://localhost/db";

    // asyncio, with __aenter__ and __aexit__ that connect and disconnect:
    //   async with AsyncDatabase(url) as db:
    //       rows = await db.query("SELECT * FROM users")
    //       print(rows)
    //
    // Tandem:
    AsyncDatabase kept;
    try (var db = Resource.open(() -> AsyncDatabase.connect(url), AsyncDatabase::disconnect)) {
      kept = db.get();
      IO.println(kept.query("SELECT * FROM users"));
    }

    try {
      IO.println(kept.query("SELECT 1"));
    } catch (IllegalStateException refused) {
      IO.println("outside the block: " + refused.getMessage());
    }
    IO.println("after " + Elapsed.since(start));
  }
}
