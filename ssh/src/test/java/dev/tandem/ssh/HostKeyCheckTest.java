package dev.tandem.ssh;

import static dev.tandem.ssh.AsyncSshClientTest.assertNothingLeft;
import static dev.tandem.ssh.AsyncSshClientTest.trusting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which host keys are believed when connecting, and how a refusal is called. */
final class HostKeyCheckTest {

  private static final Credentials SECRET = Credentials.password(TestServer.PASSWORD);

  @Test
  void connect_unknownHostKey_isRefusedBeforeLogin() throws Exception {
    var logins = new AtomicInteger();
    try (var server = TestServer.echo();
        var client = AsyncSshClient.builder().hostKeys(HostKeys.knownHostsLines("")).build()) {
      server.server.setPasswordAuthenticator((u, p, s) -> logins.incrementAndGet() > 0);
      var e =
          assertThrows(
              HostKeyUnknownException.class,
              () -> client.connect(server.target(), TestServer.USER, SECRET));
      assertEquals(server.fingerprint(), e.fingerprint());
      assertEquals(server.target(), e.target());
      assertTrue(e.getMessage().contains("127.0.0.1:" + server.target().port()), e.getMessage());
      assertEquals(0, logins.get());
      assertNothingLeft(client);
    }
  }

  @Test
  void connect_changedHostKey_carriesBothFingerprints() throws Exception {
    try (var server = TestServer.echo()) {
      String old = server.fingerprint();
      try (var client = trusting(server)) {
        client.connect(server.target(), TestServer.USER, SECRET).close();
        server.changeHostKey();
        var e =
            assertThrows(
                HostKeyChangedException.class,
                () -> client.connect(server.target(), TestServer.USER, SECRET));
        assertEquals(List.of(old), e.knownFingerprints());
        assertEquals(server.fingerprint(), e.fingerprint());
      }
    }
  }

  @Test
  void connect_pinned_believesThatKeyOnly() throws Exception {
    try (var server = TestServer.echo();
        var client =
            AsyncSshClient.builder().hostKeys(HostKeys.pinned(server.fingerprint())).build()) {
      client.connect(server.target(), TestServer.USER, SECRET).close();
      server.changeHostKey();
      assertThrows(
          HostKeyChangedException.class,
          () -> client.connect(server.target(), TestServer.USER, SECRET));
    }
  }

  @Test
  void connect_trustOnFirstUse_recordsOnceAndRefusesAChange(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sub/known_hosts");
    try (var server = TestServer.echo();
        var client = AsyncSshClient.builder().hostKeys(HostKeys.trustOnFirstUse(file)).build()) {
      Tandem.gather(
          List.of(1, 2, 3, 4),
          n -> {
            client.connect(server.target(), TestServer.USER, SECRET).close();
            return n;
          });
      assertEquals(List.of(server.knownHostsLine()), Files.readAllLines(file));
      server.changeHostKey();
      assertThrows(
          HostKeyChangedException.class,
          () -> client.connect(server.target(), TestServer.USER, SECRET));
    }
  }
}
