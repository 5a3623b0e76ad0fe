package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path directory;

  /** Made out to 127.0.0.1; and to another host. */
  private static SSLContext right;

  private static SSLContext wrong;

  @BeforeAll
  static void makeCertificates() throws Exception {
    right = selfSigned("right", "ip:127.0.0.1");
    wrong = selfSigned("wrong", "dns:elsewhere.example");
  }

  @Test
  void verify_selfSigned_isRefusedAndSaysHowToAllow() throws Exception {
    try (var server = https(right);
        var client = AsyncHttpClient.builder().basicAuth("u", "hunter2").build()) {
      var error = assertThrows(TlsException.class, () -> client.get(url(server)));
      assertTrue(error.isCertificateUntrusted());
      assertTrue(error.toString().contains("the certificate is not trusted"), error.toString());
      assertTrue(error.toString().contains("verifyTls(false)"), error.toString());
      assertFalse(error.toString().contains("hunter2"));
      assertEquals(0, client.statistics().open());
      FaultServer.until(() -> server.open() == 0);
    }
  }

  @Test
  void verifyOff_selfSignedForAnotherHost_isUsedAndKept() throws Exception {
    try (var server = https(wrong);
        var client = AsyncHttpClient.builder().verifyTls(false).build()) {
      assertEquals("secret", client.get(url(server)).text());
      assertEquals("secret", client.get(url(server)).text());
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void verify_twoClientsInOneProgram_mayDiffer() throws Exception {
    try (var server = https(right);
        var careless = AsyncHttpClient.builder().verifyTls(false).build();
        var careful = AsyncHttpClient.builder().build()) {
      assertEquals(200, careless.get(url(server)).status());
      assertThrows(TlsException.class, () -> careful.get(url(server)));
      assertEquals(200, careless.get(url(server)).status());
      assertThrows(TlsException.class, () -> careful.get(url(server)));
    }
  }

  @Test
  void sslContext_certificateTrusted_isVerified() throws Exception {
    try (var server = https(right);
        var client = AsyncHttpClient.builder().sslContext(right).build()) {
      assertEquals("secret", client.get(url(server)).text());
    }
  }

  @Test
  void sslContext_certificateTrustedForAnotherHost_isRefused() throws Exception {
    try (var server = https(wrong);
        var client = AsyncHttpClient.builder().sslContext(wrong).build()) {
      var error = assertThrows(TlsException.class, () -> client.get(url(server)));
      assertTrue(error.isCertificateUntrusted());
      assertTrue(error.toString().contains("127.0.0.1"), error.toString());
    }
  }

  @Test
  void oldTls_only_isRefused() throws Exception {
    var unbound = (SSLServerSocket) right.getServerSocketFactory().createServerSocket();
    unbound.setEnabledProtocols(new String[] {"TLSv1.1"});
    try (var server = new FaultServer(peer -> peer.request(), unbound);
        var client = AsyncHttpClient.builder().verifyTls(false).build()) {
      var error = assertThrows(TlsException.class, () -> client.get(url(server)));
      assertFalse(error.isCertificateUntrusted());
    }
  }

  @Test
  void https_plainServer_isTlsError() throws Exception {
    try (var server =
            new FaultServer(
                peer -> {
                  peer.send("SSH-2.0-OpenSSH_9.2\r\n");
                  peer.untilClosed();
                });
        var client = AsyncHttpClient.builder().verifyTls(false).build()) {
      assertThrows(TlsException.class, () -> client.get(url(server)));
      assertEquals(0, client.statistics().open());
    }
  }

  private static FaultServer https(SSLContext context) throws Exception {
    return new FaultServer(
        peer -> {
          while (peer.request() != null) {
            peer.answer("secret");
          }
        },
        context.getServerSocketFactory().createServerSocket());
  }

  private static String url(FaultServer server) {
    return "https://127.0.0.1:" + server.port();
  }

  /** Serves with a new certificate, and trusts that one alone. */
  private static SSLContext selfSigned(String name, String san) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + san,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertTrue(keytool.waitFor(50, TimeUnit.SECONDS));
    assertEquals(0, keytool.exitValue());
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, store.getCertificate(name));
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
