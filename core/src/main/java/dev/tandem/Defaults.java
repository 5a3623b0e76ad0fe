package dev.tandem;

import java.time.Duration;

/** Every default of core, in one place. */
final class Defaults {

  /** Of many failures in one group this many are kept; the others are counted. */
  static final int FAILURES_KEPT = 16;

  /** To an exception that carries this many others no more are added. */
  static final int SUPPRESSED_AT_MOST = 64;

  /** Items of a gather that was given no name are called this. */
  static final String ITEM_NAME = "item";

  /** A shield that was given no bound holds cancellation back for so long. */
  static final Duration SHIELD = Duration.ofSeconds(30);

  /** Of works on threads of their own, at most this many run at once. */
  static final int OFFLOAD_THREADS = 40;

  /** Offloaded work that was given no name is called this. */
  static final String OFFLOAD_NAME = "offload";

  /** A thread of a pool that had nothing to do for so long ends. */
  static final Duration OFFLOAD_IDLE = Duration.ofSeconds(60);

  /** A pool that is closed waits so long for abandoned work. */
  static final Duration OFFLOAD_ABANDONED = Duration.ofSeconds(10);

  private Defaults() {}
}
