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

  static HostResult cancelled(Target target) {
    return new HostResult(
        target.host(), target.transport(), Status.CANCELLED, 0, 0, 0, "not finished: interrupted");
  }
}
