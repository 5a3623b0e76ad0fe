package dev.tandem.ssh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Client and server did not agree on keys: no algorithm in common, a protocol error, or the server
 * hung up. Nothing secret had been sent.
 */
public final class SshHandshakeException extends SshException {

  private static final long serialVersionUID = 1L;

  private final List<String> offered;
  private final List<String> accepted;

  SshHandshakeException(SshTarget target, String message, @Nullable Throwable cause) {
    this(target, message, List.of(), List.of(), cause);
  }

  SshHandshakeException(
      SshTarget target,
      String message,
      List<String> offered,
      List<String> accepted,
      @Nullable Throwable cause) {
    super(target, message, cause);
    this.offered = List.copyOf(offered);
    this.accepted = List.copyOf(accepted);
  }

  /** The algorithms this side offered of the kind that failed; empty when that was not it. */
  public List<String> clientAlgorithms() {
    return offered;
  }

  /** The algorithms the server offered of the kind that failed; empty when that was not it. */
  public List<String> serverAlgorithms() {
    return accepted;
  }
}
