package dev.tandem.samples.lab;

import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.DeadlineExceededException;
import dev.tandem.io.ProcessOutput;
import dev.tandem.io.RunningProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A real PostgreSQL, for as long as a block lasts: empty, on a port of the loopback, with a
 * password made for it.
 *
 * <pre>{@code
 * try (var postgres = PostgresLab.start();
 *     var connection =
 *         DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())) {
 *   connection.createStatement().execute("CREATE TABLE users (id int, name text)");
 * }
 * }</pre>
 *
 * <p>The programs come with the build. Nothing remains of it: closing ends the server and removes
 * its folder, and when this program is killed, a guard beside the server does. PostgreSQL refuses
 * to run as root; for root it runs as nobody.
 */
public final class PostgresLab implements AutoCloseable {

  private static final String USER = "postgres";
  private static final int PASSWORD_BYTES = 12;
  private static final int ATTEMPTS = 3;

  private final PostgresFolder folder;
  private final RunningProcess server;
  private final int port;
  private final String password;

  private PostgresLab(PostgresFolder folder, RunningProcess server, int port, String password) {
    this.folder = folder;
    this.server = server;
    this.port = port;
    this.password = password;
  }

  /**
   * Unpacks a server and starts it.
   *
   * @throws IOException when that is impossible here; then nothing remains
   */
  public static PostgresLab start() throws IOException, InterruptedException {
    return start(PostgresFolder.create());
  }

  /** The same, with its folder in another one. */
  static PostgresLab startIn(Path place) throws IOException, InterruptedException {
    return start(PostgresFolder.createIn(place));
  }

  private static PostgresLab start(PostgresFolder folder) throws IOException, InterruptedException {
    try {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      String password = HexFormat.of().formatHex(random);
      initialize(folder, password);
      return start(folder, password);
    } catch (Throwable failure) {
      folder.close();
      throw failure;
    }
  }

  /** Where the database is, for JDBC. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The only user. */
  public String user() {
    return USER;
  }

  /** That user's password. */
  public String password() {
    return password;
  }

  /** Ends the server, also when somebody is still connected, and removes all its files. */
  @Override
  public void close() {
    // First the guard, which ends the server and then removes its files.
    try (server) {
      folder.close();
    }
  }

  /** Where it is; no password. */
  @Override
  public String toString() {
    return "PostgresLab[" + url() + "]";
  }

  private static void initialize(PostgresFolder folder, String password)
      throws IOException, InterruptedException {
    Path secret = folder.secret("password", password);
    folder
        .program(
            "initdb",
            "--pgdata=" + folder.resolve("data"),
            "--username=" + USER,
            "--pwfile=" + secret,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync")
        .check();
    Files.delete(secret);
  }

  /** A free port may be taken by another program before the server takes it. */
  private static PostgresLab start(PostgresFolder folder, String password)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      RunningProcess server = server(folder, port);
      boolean ready = false;
      try {
        timeout("the start of PostgreSQL", ofSeconds(60), () -> awaitReady(folder, server));
        ready = true;
        return new PostgresLab(folder, server, port, password);
      } catch (IOException | DeadlineExceededException failure) {
        if (attempt == ATTEMPTS) {
          throw new IOException("PostgreSQL did not start: " + failure.getMessage(), failure);
        }
      } finally {
        if (!ready) {
          server.close();
        }
      }
    }
  }

  private static RunningProcess server(PostgresFolder folder, int port)
      throws IOException, InterruptedException {
    return folder
        .program(
            "postgres",
            "-D",
            folder.resolve("data").toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off")
        .stdout(ProcessOutput.discard())
        .start();
  }

  /** The server says so in the last line of its file. */
  private static void awaitReady(PostgresFolder folder, RunningProcess server)
      throws IOException, InterruptedException {
    Path file = folder.resolve("data/postmaster.pid");
    while (true) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() >= 8 && lines.get(7).strip().equals("ready")) {
        return;
      }
      if (!server.isAlive()) {
        server.check();
      }
      sleep(ofMillis(20));
    }
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return probe.getLocalPort();
    }
  }
}
