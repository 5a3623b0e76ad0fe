package dev.tandem.inspect;

/** What this package assumes when nothing else is said. */
final class Defaults {

  /** A tree has so many nodes at most: ten thousand, some megabytes of JSON. */
  static final int MOST_NODES = 10_000;

  private Defaults() {}
}
