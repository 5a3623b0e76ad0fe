package dev.tandem.ssh;

/** Nothing is known about this server, so its key cannot be checked. */
public final class HostKeyUnknownException extends HostKeyException {

  private static final long serialVersionUID = 1L;

  HostKeyUnknownException(SshTarget target, ServerKey key) {
    super(
        target,
        key,
        "the host key is not known; the server shows "
            + key.type()
            + " "
            + key.fingerprint()
            + ". Compare it with the device's own, then add it to known_hosts, pin it with"
            + " HostKeys.pinned(\""
            + key.fingerprint()
            + "\"), or learn it with HostKeys.trustOnFirstUse(file)");
  }
}
