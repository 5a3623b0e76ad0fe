package dev.tandem.ssh;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A phase took longer than its limit in {@link SshTimeouts}. */
public final class SshTimeoutException extends SshException {

  private static final long serialVersionUID = 1L;

  private final SshPhase phase;
  private final Duration limit;

  SshTimeoutException(
      SshTarget target, SshPhase phase, String what, Duration limit, @Nullable Throwable cause) {
    super(target, what + " took longer than " + limit.toMillis() + " ms", cause);
    this.phase = phase;
    this.limit = limit;
  }

  /** What was going on. */
  public SshPhase phase() {
    return phase;
  }

  /** How long it was allowed to take. */
  public Duration limit() {
    return limit;
  }
}
