package dev.tandem.samples.fleet;

/** Seconds since it was made. */
final class Stopwatch {

  private final long began = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
