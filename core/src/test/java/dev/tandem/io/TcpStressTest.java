package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.LogCapture;
import dev.tandem.Stress;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are stopped at any moment: no socket may be left, on either side. */
@Tag("stress")
final class TcpStressTest {

  @TempDir static Path directory;

  private static void echo(TcpConnection connection) throws Exception {
    for (byte[] some = connection.read(50_000); some.length > 0; some = connection.read(50_000)) {
      connection.write(some);
    }
  }

  private static void stress(TcpSettings served, TcpSettings used) throws Exception {
    long before = Accounts.sockets();
    try (var log = new LogCapture("dev.tandem.io");
        var server = served.listen(Loopback.HOST, 0)) {
      TaskGroup.run(
          group -> {
            group.startDaemon("server", () -> server.serve(TcpStressTest::echo));
            Stress.repeat(
                () ->
                    TaskGroup.run(
                        round -> {
                          for (int i = 0; i < 20; i++) {
                            round.start(() -> stopSoon(used, server.port()));
                          }
                        }));
            Loopback.until(() -> server.statistics().open() == 0);
          });
      assertEquals(0, server.statistics().open(), () -> log.messages().toString());
    }
    Accounts.settleSockets(before);
  }

  private static void stopSoon(TcpSettings settings, int port) throws Exception {
    int size = 1 + ThreadLocalRandom.current().nextInt(200_000);
    var done =
        Tandem.moveOnAfter(
            Stress.micros(10_000),
            () -> {
              try (var connection = settings.open(Loopback.HOST, port)) {
                return TaskGroup.<Integer, Exception>run(
                    group -> {
                      group.start("writer", () -> connection.write(new byte[size]));
                      return connection.readExactly(size).length;
                    });
              }
            });
    if (done.isPresent()) {
      assertEquals(size, done.get());
    }
  }

  @Test
  void connections_stoppedAtAnyMoment_leaveNothingOpen() throws Exception {
    stress(TcpSettings.DEFAULT, TcpSettings.DEFAULT);
  }

  @Test
  void securedConnections_stoppedAtAnyMoment_leaveNothingOpen() throws Exception {
    SSLContext context = Certificates.selfSigned(directory, "right", "ip:127.0.0.1");
    TcpSettings settings = TcpSettings.DEFAULT.tls(TlsSettings.DEFAULT.context(context));
    stress(settings, settings);
  }
}
