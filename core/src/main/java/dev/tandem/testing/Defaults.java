package dev.tandem.testing;

import java.time.Duration;

/** What holds when nobody says otherwise. */
final class Defaults {

  /** How far virtual time goes: far enough for certificates, not for a loop without an end. */
  static final Duration HORIZON = Duration.ofDays(365);

  /** How much real time a program may take. */
  static final Duration REAL_TIME = Duration.ofSeconds(60);

  private Defaults() {}
}
