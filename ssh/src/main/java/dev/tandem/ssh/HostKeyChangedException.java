package dev.tandem.ssh;

import java.util.List;

/**
 * Another key is known for this server than the one it shows: it was set up anew, or somebody else
 * answers in its place.
 */
public final class HostKeyChangedException extends HostKeyException {

  private static final long serialVersionUID = 1L;

  private final List<String> knownFingerprints;

  HostKeyChangedException(SshTarget target, ServerKey key, List<String> knownFingerprints) {
    super(
        target,
        key,
        "THE HOST KEY HAS CHANGED; the server shows "
            + key.type()
            + " "
            + key.fingerprint()
            + ", known is "
            + String.join(", ", knownFingerprints)
            + ". Somebody may be listening in. If the device was really set up anew, replace its"
            + " old key");
    this.knownFingerprints = List.copyOf(knownFingerprints);
  }

  /** The fingerprints that would have been accepted. */
  public List<String> knownFingerprints() {
    return knownFingerprints;
  }
}
