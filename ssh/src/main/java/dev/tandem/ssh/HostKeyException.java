package dev.tandem.ssh;

/** The server's key was not accepted. Nothing secret had been sent. */
public abstract sealed class HostKeyException extends SshException
    permits HostKeyUnknownException, HostKeyChangedException, HostKeyRevokedException {

  private static final long serialVersionUID = 1L;

  private final String keyType;
  private final String fingerprint;

  HostKeyException(SshTarget target, ServerKey key, String message) {
    super(target, message, null);
    this.keyType = key.type();
    this.fingerprint = key.fingerprint();
  }

  /** The type of the key the server showed, such as {@code ssh-ed25519}. */
  public String keyType() {
    return keyType;
  }

  /** The fingerprint of the key the server showed, as {@code SHA256:…}. */
  public String fingerprint() {
    return fingerprint;
  }
}
