package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What proves who the user is. Nothing of it is ever shown.
 *
 * <pre>{@code
 * client.connect("r1.example", "backup", Credentials.password(prompt.readPassword()));
 * }</pre>
 */
public final class Credentials {

  private final char @Nullable [] password;
  private final @Nullable KeyPair key;

  private Credentials(char @Nullable [] password, @Nullable KeyPair key) {
    this.password = password;
    this.key = key;
  }

  /**
   * A password; also the answer to a server that asks for one by keyboard-interactive.
   *
   * @throws IllegalArgumentException when it is empty
   */
  public static Credentials password(String password) {
    return password(requireNonNull(password, "password").toCharArray());
  }

  /** Like {@link #password(String)}; the array is copied, so the caller may overwrite it. */
  public static Credentials password(char[] password) {
    if (requireNonNull(password, "password").length == 0) {
      throw new IllegalArgumentException("password must not be empty");
    }
    return new Credentials(password.clone(), null);
  }

  /** A key pair. */
  public static Credentials key(KeyPair pair) {
    requireNonNull(pair, "pair");
    requireNonNull(pair.getPublic(), "pair.getPublic()");
    requireNonNull(pair.getPrivate(), "pair.getPrivate()");
    return new Credentials(null, pair);
  }

  /**
   * A private key from a file without a passphrase, in OpenSSH's or PEM format. The file is read
   * now.
   *
   * @throws IOException when it cannot be read or is no private key
   */
  public static Credentials keyFile(Path file) throws IOException {
    return new Credentials(null, KeyFiles.read(requireNonNull(file, "file"), null));
  }

  /**
   * A private key from a file with a passphrase. The file is read now.
   *
   * @throws IOException when it cannot be read, is no private key, or the passphrase is wrong
   */
  public static Credentials keyFile(Path file, char[] passphrase) throws IOException {
    requireNonNull(file, "file");
    return new Credentials(
        null, KeyFiles.read(file, new String(requireNonNull(passphrase, "passphrase"))));
  }

  /** The password, if that is what this is. */
  Optional<String> password() {
    return password == null ? Optional.empty() : Optional.of(new String(password));
  }

  /** The key pair, if that is what this is. */
  Optional<KeyPair> key() {
    return Optional.ofNullable(key);
  }

  @Override
  public String toString() {
    return password == null ? "Credentials[key]" : "Credentials[password]";
  }
}
