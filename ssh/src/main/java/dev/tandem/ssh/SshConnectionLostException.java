package dev.tandem.ssh;

import org.jspecify.annotations.Nullable;

/** An established connection ended before what was asked of it was done. */
public final class SshConnectionLostException extends SshException {

  private static final long serialVersionUID = 1L;

  SshConnectionLostException(SshTarget target, String message, @Nullable Throwable cause) {
    super(target, message, cause);
  }
}
