package dev.tandem.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked at the door, and what is never shown. */
class ArgumentsTest {

  @Test
  void target_badHostOrPort_isRefused() {
    for (String host : List.of("", "a b", "[::1]", "a,b", "a\nb")) {
      assertThrows(IllegalArgumentException.class, () -> SshTarget.of(host), host);
    }
    for (int port : List.of(0, -1, 65_536)) {
      assertThrows(IllegalArgumentException.class, () -> SshTarget.of("a", port));
    }
    assertThrows(NullPointerException.class, () -> SshTarget.of(nothing()));
    assertEquals("[::1]:2222", SshTarget.of("::1", 2222).toString());
    assertEquals("r1", SshTarget.of("r1").toString());
  }

  @Test
  void timeouts_zeroOrLess_areRefused() {
    SshTimeouts defaults = SshTimeouts.defaults();
    List<Function<Duration, SshTimeouts>> all =
        List.of(
            defaults::withConnect,
            defaults::withIdentification,
            defaults::withKeyExchange,
            defaults::withAuthentication,
            defaults::withCommand);
    for (Function<Duration, SshTimeouts> one : all) {
      assertThrows(IllegalArgumentException.class, () -> one.apply(Duration.ZERO));
      assertThrows(IllegalArgumentException.class, () -> one.apply(Duration.ofSeconds(-1)));
      assertThrows(NullPointerException.class, () -> one.apply(nothing()));
      assertNotEquals(defaults, one.apply(Duration.ofNanos(1)));
    }
  }

  @Test
  void builder_badValues_areRefused() {
    AsyncSshClient.Builder builder = AsyncSshClient.builder();
    assertThrows(IllegalArgumentException.class, () -> builder.handshakes(0));
    assertThrows(IllegalArgumentException.class, () -> builder.outputLimit(0));
    assertThrows(NullPointerException.class, () -> builder.hostKeys(nothing()));
    assertThrows(NullPointerException.class, () -> builder.timeouts(nothing()));
  }

  @Test
  void hostKeys_badValues_areRefused() {
    for (String pin : List.of("", "MD5:aa:bb", "SHA256:tooshort", "SHA256:" + "?".repeat(43))) {
      assertThrows(IllegalArgumentException.class, () -> HostKeys.pinned(pin), pin);
    }
    assertThrows(NullPointerException.class, () -> HostKeys.pinned(nothing()));
    assertThrows(NullPointerException.class, () -> HostKeys.knownHosts(nothing()));
    assertThrows(NullPointerException.class, () -> HostKeys.knownHostsLines(nothing()));
    assertThrows(NullPointerException.class, () -> HostKeys.trustOnFirstUse(nothing()));
  }

  @Test
  void credentials_badValues_areRefused(@TempDir Path folder) throws Exception {
    assertThrows(IllegalArgumentException.class, () -> Credentials.password(""));
    assertThrows(IllegalArgumentException.class, () -> Credentials.password(new char[0]));
    assertThrows(
        NullPointerException.class, () -> Credentials.password(ArgumentsTest.<String>nothing()));
    assertThrows(NullPointerException.class, () -> Credentials.key(nothing()));
    assertThrows(NullPointerException.class, () -> Credentials.key(new KeyPair(null, null)));
    assertThrows(IOException.class, () -> Credentials.keyFile(folder.resolve("none")));
    Path noKey = Files.writeString(folder.resolve("text"), "this is no key");
    assertThrows(IOException.class, () -> Credentials.keyFile(noKey));
  }

  @Test
  void credentials_toString_showsNothing() {
    assertEquals("Credentials[password]", Credentials.password("hunter2").toString());
    assertEquals("Credentials[key]", Credentials.key(TestServer.newKey()).toString());
  }

  @Test
  void credentials_arrayOverwrittenLater_areUnchanged() {
    char[] secret = "hunter2".toCharArray();
    Credentials credentials = Credentials.password(secret);
    Arrays.fill(secret, 'x');
    assertEquals("hunter2", credentials.password().orElseThrow());
  }

  @Test
  void connectAndRun_badArguments_areRefused() throws Exception {
    Credentials secret = Credentials.password(TestServer.PASSWORD);
    try (var server = TestServer.echo();
        var client = AsyncSshClientTest.trusting(server);
        var connection = client.connect(server.target(), TestServer.USER, secret)) {
      SshTarget target = server.target();
      assertThrows(IllegalArgumentException.class, () -> client.connect(target, "", secret));
      assertThrows(NullPointerException.class, () -> client.connect(target, nothing(), secret));
      assertThrows(NullPointerException.class, () -> client.connect(target, "u", nothing()));
      assertThrows(IllegalArgumentException.class, () -> connection.run(""));
      assertThrows(NullPointerException.class, () -> connection.run(nothing()));
      assertThrows(IllegalArgumentException.class, () -> connection.run("x", Duration.ZERO));
      assertThrows(NullPointerException.class, () -> connection.run("x", nothing()));
      assertEquals(target, connection.target());
    }
  }

  /** What a caller without null checks may pass. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is the point
  private static <T> T nothing() {
    return null;
  }
}
