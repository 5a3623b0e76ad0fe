package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * Which servers to believe. A server that is not believed gets no secret.
 *
 * <pre>{@code
 * AsyncSshClient.builder().hostKeys(HostKeys.trustOnFirstUse(Path.of("lab_hosts"))).build();
 * }</pre>
 *
 * <p>Values are immutable to the outside and may be shared by clients.
 */
public abstract sealed class HostKeys permits RecordedHostKeys, PinnedHostKeys, AnyHostKeys {

  HostKeys() {}

  /**
   * Only servers whose key is in a known_hosts file, in OpenSSH's format: hashed names, patterns,
   * {@code [host]:port} and {@code @revoked} are understood, {@code @cert-authority} is passed
   * over. The file is read once, at the first connection; when it is missing, no server is known.
   */
  public static HostKeys knownHosts(Path file) {
    return new RecordedHostKeys(requireNonNull(file, "file"), false);
  }

  /** Like {@link #knownHosts(Path)}, with the lines themselves. */
  public static HostKeys knownHostsLines(String lines) {
    return new RecordedHostKeys(requireNonNull(lines, "lines"));
  }

  /**
   * Only servers that show this very key, whatever their name.
   *
   * @param fingerprint {@code SHA256:} and 43 characters, as {@code ssh-keygen -l} prints it
   * @throws IllegalArgumentException when it is anything else
   */
  public static HostKeys pinned(String fingerprint) {
    return new PinnedHostKeys(requireNonNull(fingerprint, "fingerprint"));
  }

  /**
   * Like {@link #knownHosts(Path)}, but a server of which nothing is known is believed the first
   * time, and its key is appended to the file before anything secret is sent. A key that differs
   * from the recorded one is refused as ever.
   */
  public static HostKeys trustOnFirstUse(Path file) {
    return new RecordedHostKeys(requireNonNull(file, "file"), true);
  }

  /** Any server, unchecked: whoever sits in between reads the password. For labs only. */
  public static HostKeys insecureAcceptAll() {
    return AnyHostKeys.INSTANCE;
  }

  /** Gets ready; may read files, so it runs on the caller's thread. */
  void load(SshTarget target) throws SshException, InterruptedException {}

  /** The key types known for a server; the handshake asks for those first. */
  List<String> knownTypes(SshTarget target) {
    return List.of();
  }

  /** Throws when the key is not acceptable. Runs on a thread that must not block. */
  abstract void check(SshTarget target, ServerKey key) throws SshException;

  /** Told of a key that passed the check; may write files, so it runs on the caller's thread. */
  void accepted(SshTarget target, ServerKey key) throws SshException, InterruptedException {}
}
