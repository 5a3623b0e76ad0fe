package dev.tandem.ssh;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something about an SSH connection went wrong. Every failure of this module is one of the
 * subclasses; none of them ever shows a password, a passphrase or a private key.
 */
public abstract sealed class SshException extends IOException
    permits SshConnectException,
        SshHandshakeException,
        HostKeyException,
        SshAuthenticationException,
        SshTimeoutException,
        SshConnectionLostException,
        CommandException {

  private static final long serialVersionUID = 1L;

  private final transient SshTarget target;

  SshException(SshTarget target, String message, @Nullable Throwable cause) {
    super(target + ": " + message, cause);
    this.target = target;
  }

  /** Which server it is about. */
  public SshTarget target() {
    return target;
  }
}
