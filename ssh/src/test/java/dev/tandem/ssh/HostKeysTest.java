package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** known_hosts, as OpenSSH reads it. */
class HostKeysTest {

  private static final ServerKey A = new ServerKey("ssh-ed25519", "QUFBQQ==");
  private static final ServerKey B = new ServerKey("ssh-rsa", "QkJCQg==");
  private static final SshTarget HOST = SshTarget.of("r1.example");

  @Test
  void keys_plainNames_matchAnyOfThemWhateverTheCase() {
    KnownHosts known =
        KnownHosts.parse(
            """
            # comment

            R1.example,10.0.0.1 ssh-ed25519 QUFBQQ== me
            """);
    assertEquals(List.of(A), known.keys(HOST));
    assertEquals(List.of(A), known.keys(SshTarget.of("10.0.0.1")));
    assertEquals(List.of(), known.keys(SshTarget.of("r2.example")));
  }

  @Test
  void keys_anotherPort_needsItsOwnEntry() {
    KnownHosts known = KnownHosts.parse("[r1.example]:2222 ssh-ed25519 QUFBQQ==");
    assertEquals(List.of(A), known.keys(SshTarget.of("r1.example", 2222)));
    assertEquals(List.of(), known.keys(HOST));
  }

  @Test
  void keys_patterns_matchUnlessExcluded() {
    KnownHosts known = KnownHosts.parse("*.example,!r2.example,10.0.0.? ssh-rsa QkJCQg==");
    assertEquals(List.of(B), known.keys(HOST));
    assertEquals(List.of(), known.keys(SshTarget.of("r2.example")));
    assertEquals(List.of(B), known.keys(SshTarget.of("10.0.0.7")));
    assertEquals(List.of(), known.keys(SshTarget.of("10.0.0.77")));
  }

  @Test
  void keys_hashedNames_matchAsOpenSshHashesThem() throws Exception {
    byte[] salt = "01234567890123456789".getBytes(UTF_8);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    String hash = base64(mac.doFinal("[r1.example]:2222".getBytes(UTF_8)));
    KnownHosts known = KnownHosts.parse("|1|" + base64(salt) + "|" + hash + " ssh-rsa QkJCQg==");
    assertEquals(List.of(B), known.keys(SshTarget.of("r1.example", 2222)));
    assertEquals(List.of(), known.keys(HOST));
  }

  @Test
  void parse_linesThatAreNoEntries_arePassedOver() {
    KnownHosts known =
        KnownHosts.parse(
            """
            r1.example
            |1|???|x ssh-rsa QkJCQg==
            |1| ssh-rsa QkJCQg==
            @cert-authority * ssh-rsa QkJCQg==
            """);
    assertEquals(List.of(), known.keys(HOST));
  }

  @Test
  void check_revokedKey_isRefusedEvenWhenListed() {
    HostKeys keys =
        HostKeys.knownHostsLines(
            """
            r1.example ssh-ed25519 QUFBQQ==
            @revoked * ssh-ed25519 QUFBQQ==
            """);
    assertThrows(HostKeyRevokedException.class, () -> keys.check(HOST, A));
  }

  @Test
  void check_hostKnownByAnotherType_isAChange() {
    HostKeys keys = HostKeys.knownHostsLines("r1.example ssh-ed25519 QUFBQQ==");
    var e = assertThrows(HostKeyChangedException.class, () -> keys.check(HOST, B));
    assertEquals(List.of(A.fingerprint()), e.knownFingerprints());
  }

  @Test
  void check_missingFile_knowsNobody(@TempDir Path folder) throws Exception {
    HostKeys keys = HostKeys.knownHosts(folder.resolve("none"));
    keys.load(HOST);
    assertThrows(HostKeyUnknownException.class, () -> keys.check(HOST, A));
  }

  @Test
  void load_unreadableFile_isTyped(@TempDir Path folder) {
    assertThrows(SshHandshakeException.class, () -> HostKeys.knownHosts(folder).load(HOST));
  }

  @Test
  void accepted_lastLineWithoutBreak_startsANewLine(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("known"), "other ssh-rsa QkJCQg==");
    HostKeys keys = HostKeys.trustOnFirstUse(file);
    keys.load(HOST);
    keys.check(HOST, A);
    keys.accepted(HOST, A);
    assertEquals(
        List.of("other ssh-rsa QkJCQg==", "r1.example ssh-ed25519 QUFBQQ=="),
        Files.readAllLines(file));
  }

  @Test
  void accepted_anotherProgramLearnedADifferentKeyMeanwhile_isRefused(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("known");
    HostKeys keys = HostKeys.trustOnFirstUse(file);
    keys.load(HOST);
    keys.check(HOST, A);
    Files.writeString(file, "r1.example ssh-rsa QkJCQg==\n");
    assertThrows(HostKeyChangedException.class, () -> keys.accepted(HOST, A));
    assertEquals("r1.example ssh-rsa QkJCQg==\n", Files.readString(file));
  }

  @Test
  void knownFirst_knownTypes_leadTheProposal() {
    assertEquals(
        "rsa-sha2-512,rsa-sha2-256,ssh-ed25519",
        Algorithms.knownFirst(
            List.of("ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256"), List.of("ssh-rsa")));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
