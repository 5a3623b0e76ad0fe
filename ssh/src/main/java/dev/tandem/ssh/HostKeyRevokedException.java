package dev.tandem.ssh;

/** The server shows a key that known_hosts marks as revoked. */
public final class HostKeyRevokedException extends HostKeyException {

  private static final long serialVersionUID = 1L;

  HostKeyRevokedException(SshTarget target, ServerKey key) {
    super(
        target,
        key,
        "the host key "
            + key.type()
            + " "
            + key.fingerprint()
            + " is marked @revoked; whoever holds it is not to be trusted");
  }
}
