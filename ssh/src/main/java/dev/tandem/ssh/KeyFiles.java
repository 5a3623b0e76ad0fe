package dev.tandem.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/** Private keys in files. */
final class KeyFiles {

  private KeyFiles() {}

  static KeyPair read(Path file, @Nullable String passphrase) throws IOException {
    Providers.prepare();
    FilePasswordProvider answer =
        passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase);
    Iterable<KeyPair> pairs;
    try (InputStream bytes = Files.newInputStream(file)) {
      pairs = SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), bytes, answer);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IOException(
          "no private key could be read from "
              + file
              + (passphrase == null ? "; is it encrypted?" : "; is the passphrase right?"),
          e);
    }
    if (pairs != null) {
      for (KeyPair pair : pairs) {
        return pair;
      }
    }
    throw new IOException("there is no private key in " + file);
  }
}
