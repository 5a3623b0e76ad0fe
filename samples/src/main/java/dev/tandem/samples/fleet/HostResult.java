package dev.tandem.samples.fleet;

/**
 * How it went with one target.
 *
 * @param host the target's name
 * @param transport how it was reached
 * @param status how it ended
 * @param start when it began, in seconds since the round began
 * @param seconds how long it took
 * @param bytes what was received; 0 unless it went well
 * @param error why it did not go well; empty if it did
 */
record HostResult(
    String host,
    Transport transport,
    Status status,
    double start,
    double seconds,
    long bytes,
    String error) {

  /** A target that was still to come when all was cancelled. */
  static HostResult notBegun(Target target) {
    return cancelled(target, 0, 0, "not begun: interrupted");
  }

  /** A target that was being visited when all was cancelled. */
  static HostResult cutShort(Target target, double start, double seconds) {
    return cancelled(target, start, seconds, "cut short: interrupted");
  }

  private static HostResult cancelled(Target target, double start, double seconds, String why) {
    return new HostResult(
        target.host(), target.transport(), Status.CANCELLED, start, seconds, 0, why);
  }
}
