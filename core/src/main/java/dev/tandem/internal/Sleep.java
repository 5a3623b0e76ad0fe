package dev.tandem.internal;

/** A wait for nothing but the time. */
final class Sleep extends Waiter {

  final long until;

  Sleep(long nanos) {
    until = Durations.after(runtime().now(), nanos);
  }

  @Override
  protected Awaited awaited() {
    long left = until - runtime().now();
    return Awaited.of("sleep").in(Words.seconds(Math.max(0, left)) + " left");
  }
}
