package dev.tandem.ssh;

import org.jspecify.annotations.Nullable;

/**
 * No TCP connection came about: the name is unknown, the port refused, the network unreachable. The
 * cause is the operating system's word for it.
 */
public final class SshConnectException extends SshException {

  private static final long serialVersionUID = 1L;

  SshConnectException(SshTarget target, String message, @Nullable Throwable cause) {
    super(target, message, cause);
  }
}
