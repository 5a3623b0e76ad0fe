package dev.tandem.samples.lab;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server is there while it is wanted, and nothing is left of it afterwards. */
@Timeout(300)
final class PostgresLabTest {

  @TempDir private Path place;

  @BeforeEach
  void letTheServersUserIn() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(List.of(), processes());
    assertEquals(List.of(), files());
  }

  @Test
  void start_thenClose_answersMeanwhile() throws Exception {
    try (var postgres = PostgresLab.startIn(place);
        var connection = connect(postgres);
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT version()")) {
      assertTrue(result.next());
      assertTrue(result.getString(1).startsWith("PostgreSQL "), result.getString(1));
      assertFalse(processes().isEmpty());
      assertFalse(postgres.toString().contains(postgres.password()));
    }
  }

  @Test
  void password_wrong_isRefused() throws Exception {
    try (var postgres = PostgresLab.startIn(place)) {
      var refused =
          assertThrows(
              SQLException.class,
              () -> DriverManager.getConnection(postgres.url(), postgres.user(), "wrong"));
      assertEquals("28P01", refused.getSQLState());
    }
  }

  @Test
  void close_whileSomebodyIsConnected_endsTheServer() throws Exception {
    PostgresLab postgres = PostgresLab.startIn(place);
    try (var connection = connect(postgres)) {
      postgres.close();
      assertThrows(SQLException.class, () -> connection.createStatement().execute("SELECT 1"));
      assertThrows(SQLException.class, () -> connect(postgres));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 400, 800, 1600, 2400})
  void start_cancelledOnTheWay_leavesNothing(int millis) throws Exception {
    Tandem.moveOnAfter(
        ofMillis(millis),
        () -> {
          try (var postgres = PostgresLab.startIn(place)) {
            Tandem.sleep(ofSeconds(60));
            return postgres.url();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void program_ended_leavesNothing(String signal) throws Exception {
    Process program =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                PostgresTarget.class.getName(),
                place.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = program.inputReader()) {
      assertNotNull(lines.readLine());
      assertFalse(files().isEmpty());
      new ProcessBuilder("kill", "-s", signal, Long.toString(program.pid())).start().waitFor();
      program.waitFor();
      await().atMost(ofSeconds(200)).until(() -> processes().isEmpty() && files().isEmpty());
    } finally {
      program.destroyForcibly();
    }
  }

  private static Connection connect(PostgresLab postgres) throws SQLException {
    return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
  }

  /** Those that have to do with the server, and not those that were started to look. */
  private List<String> processes() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(process -> process.info().commandLine().orElse(""))
          .filter(command -> command.contains(place + "/tandem-postgres-"))
          .toList();
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    } catch (IOException gone) {
      return List.of();
    }
  }
}
