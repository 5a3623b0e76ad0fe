package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Resource;
import dev.tandem.Tandem;
import dev.tandem.Work;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.LabSample;
import dev.tandem.samples.lab.PostgresLab;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database that is connected for as long as a block lasts. Outside of it, queries are refused.
 * With {@code --postgres} it is a real PostgreSQL, asked by JDBC, whose calls block like any other.
 */
public final class AsyncDatabases implements LabSample {

  private interface AsyncDatabase {

    List<Map<String, Object>> query(String sql) throws SQLException, InterruptedException;

    void disconnect() throws SQLException, InterruptedException;
  }

  private static void use(Work<? extends AsyncDatabase, SQLException> connect)
      throws SQLException, InterruptedException {
    Instant start = Tandem.now();

    // asyncio, with __aenter__ and __aexit__ that connect and disconnect:
    //   async with AsyncDatabase(url) as db:
    //       rows = await db.query("SELECT * FROM users")
    //       print(rows)
    //
    // Tandem:
    AsyncDatabase kept;
    try (var db = Resource.open(connect, AsyncDatabase::disconnect)) {
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

  @Override
  public void run() throws Exception {
    use(() -> Simulated.connect("postgres://localhost/db"));
  }

  @Override
  public String option() {
    return "--postgres";
  }

  @Override
  public void runInLab() throws Exception {
    try (var postgres = PostgresLab.start()) {
      fill(postgres);
      use(() -> Jdbc.connect(postgres));
    }
  }

  private static void fill(PostgresLab lab) throws SQLException {
    try (var connection = Jdbc.open(lab);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (name text)");
      statement.execute("INSERT INTO users VALUES ('Ada'), ('Grace')");
    }
  }

  /** Stands for a driver: half a second to connect, 0.2 to ask, 0.1 to say goodbye. */
  private static final class Simulated implements AsyncDatabase {

    private boolean connected = true;

    static Simulated connect(String url) throws InterruptedException {
      IO.println("Connecting to " + url);
      sleep(ofMillis(500));
      return new Simulated();
    }

    @Override
    public List<Map<String, Object>> query(String sql) throws InterruptedException {
      if (!connected) {
        throw new IllegalStateException("Not connected");
      }
      sleep(ofMillis(200));
      return List.of(Map.of("name", "Ada"), Map.of("name", "Grace"));
    }

    @Override
    public void disconnect() throws InterruptedException {
      IO.println("Disconnecting");
      sleep(ofMillis(100));
      connected = false;
    }
  }

  private record Jdbc(Connection connection) implements AsyncDatabase {

    static Jdbc connect(PostgresLab lab) throws SQLException {
      IO.println("Connecting to " + lab.url());
      return new Jdbc(open(lab));
    }

    static Connection open(PostgresLab lab) throws SQLException {
      return DriverManager.getConnection(lab.url(), lab.user(), lab.password());
    }

    @Override
    public List<Map<String, Object>> query(String sql) throws SQLException {
      if (connection.isClosed()) {
        throw new IllegalStateException("Not connected");
      }
      List<Map<String, Object>> rows = new ArrayList<>();
      try (var statement = connection.createStatement();
          var result = statement.executeQuery(sql)) {
        while (result.next()) {
          Map<String, Object> row = new LinkedHashMap<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnName(i), result.getObject(i));
          }
          rows.add(row);
        }
      }
      return rows;
    }

    @Override
    public void disconnect() throws SQLException {
      IO.println("Disconnecting");
      connection.close();
    }
  }
}
