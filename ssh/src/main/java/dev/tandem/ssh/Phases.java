package dev.tandem.ssh;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.Work;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Time limits with the name of what was going on. */
final class Phases {

  private Phases() {}

  /** Runs a phase under its limit. */
  static <T extends @Nullable Object> T limit(
      SshTarget target, SshPhase phase, Duration limit, Work<T, ? extends SshException> work)
      throws SshException, InterruptedException {
    return limit(target, phase, phase.words(), limit, work);
  }

  /** Runs a phase under its limit; {@code what} is how the message calls it. */
  static <T extends @Nullable Object> T limit(
      SshTarget target,
      SshPhase phase,
      String what,
      Duration limit,
      Work<T, ? extends SshException> work)
      throws SshException, InterruptedException {
    try {
      return Tandem.<T, SshException>timeout("ssh " + phase, limit, work::run);
    } catch (DeadlineExceededException e) {
      throw new SshTimeoutException(target, phase, what, limit, e);
    }
  }
}
