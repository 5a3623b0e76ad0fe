package dev.tandem.benchmarks.bench;

import org.jspecify.annotations.Nullable;

/**
 * What Tandem is measured against.
 *
 * @param goal what Tandem may need at most, as a multiple of what the peer needs; null where the
 *     comparison is only for information
 */
record Bar(String suite, Work work, String peer, @Nullable Double goal) {

  /** The contender that every bar is about. */
  static final String TANDEM = "Tandem";
}
