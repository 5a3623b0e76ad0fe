package dev.tandem.ssh;

import java.util.List;
import java.util.regex.Pattern;

/** Believes one key. */
final class PinnedHostKeys extends HostKeys {

  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  private final String fingerprint;

  PinnedHostKeys(String fingerprint) {
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw new IllegalArgumentException(
          "fingerprint must be 'SHA256:' and 43 characters, as ssh-keygen -l prints it, but was '"
              + fingerprint
              + "'");
    }
    this.fingerprint = fingerprint;
  }

  @Override
  void check(SshTarget target, ServerKey key) throws HostKeyChangedException {
    if (!key.fingerprint().equals(fingerprint)) {
      throw new HostKeyChangedException(target, key, List.of(fingerprint));
    }
  }

  @Override
  public String toString() {
    return "HostKeys[pinned " + fingerprint + "]";
  }
}
