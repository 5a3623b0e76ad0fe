package dev.tandem.ssh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A server's public key as it goes over the wire.
 *
 * @param type such as {@code ssh-ed25519}
 * @param encoded its bytes in base64
 */
record ServerKey(String type, String encoded) {

  /** The key in {@code blob}, which begins with the type. */
  static ServerKey of(String type, byte[] blob) {
    return new ServerKey(type, Base64.getEncoder().encodeToString(blob));
  }

  /** As OpenSSH writes it: {@code SHA256:} and 43 characters. */
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(encoded));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
