package dev.tandem.testing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What holds when nobody says otherwise. */
final class Defaults {

  /** How far virtual time goes: far enough for certificates, not for a loop without an end. */
  static final Duration HORIZON = Duration.ofDays(365);

  /** How much real time a program may take. */
  static final Duration REAL_TIME = Duration.ofSeconds(60);

  /** Bytes that may be on their way in memory before the writer waits: 64 KiB, as in a system. */
  static final int BUFFER = 64 << 10;

  /** Text is UTF-8, as over a network. */
  static final Charset CHARSET = StandardCharsets.UTF_8;

  /** A line, or what comes before a delimiter, may have this many bytes: 64 KiB. */
  static final int LINE_LIMIT = 64 << 10;

  /** What ends a line that is written. */
  static final String LINE_END = "\n";

  private Defaults() {}
}
