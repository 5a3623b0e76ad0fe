package dev.tandem;

import java.time.Duration;

/** Every default of core, in one place. */
final class Defaults {

  /** Of many failures in one group this many are kept; the others are counted. */
  static final int FAILURES_KEPT = 16;

  /** Items of a gather that was given no name are called this. */
  static final String ITEM_NAME = "item";

  /** A shield that was given no bound holds cancellation back for so long. */
  static final Duration SHIELD = Duration.ofSeconds(30);

  private Defaults() {}
}
