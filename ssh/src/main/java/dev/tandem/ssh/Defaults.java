package dev.tandem.ssh;

import java.time.Duration;

/** Every default of ssh, in one place. */
final class Defaults {

  /** The port of SSH. */
  static final int PORT = 22;

  /** Half a minute of SYN retries helps nobody; a reachable device answers at once. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Small devices under load take long to say their first word; 2 s, as others have it, is few. */
  static final Duration IDENTIFICATION_TIMEOUT = Duration.ofSeconds(15);

  /** A key exchange is a few milliseconds here and up to seconds on an old device. */
  static final Duration KEY_EXCHANGE_TIMEOUT = Duration.ofSeconds(15);

  /** Servers that ask a slow directory, or punish a wrong password, take a few seconds. */
  static final Duration AUTHENTICATION_TIMEOUT = Duration.ofSeconds(15);

  /** Standard output and error of one command together: more than any device's configuration. */
  static final long OUTPUT_LIMIT = 64L << 20;

  /** So much of what a failed command said goes into the exception's message. */
  static final int OUTPUT_IN_MESSAGES = 500;

  /** Key exchanges at once, for each processor: they are computation, and waiting for answers. */
  static final int HANDSHAKES_PER_PROCESSOR = 4;

  /** A connection is closed politely for so long, and then in any case. */
  static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

  /** The receive window of a channel in bytes: enough for a fast link, little for a fleet. */
  static final long WINDOW = 512L << 10;

  /** The largest packet a channel accepts, in bytes; what OpenSSH uses. */
  static final long PACKET = 32L << 10;

  /** A link that died without a word is found out after three of these. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  /** So many questions in a row may go unanswered. */
  static final int KEEP_ALIVE_MISSES = 3;

  /** What a server may say before it identifies itself, in bytes: devices print long banners. */
  static final int IDENTIFICATION = 64 << 10;

  /** Before its turn to exchange keys a server may say so many bytes; it has no reason to. */
  static final int FIRST_WORDS = 256 << 10;

  /** Threads that move bytes, for all connections of the process together. */
  static final int IO_THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

  /** Names looked up at once; one that is stuck holds its thread until the system gives up. */
  static final int NAME_LOOK_UPS = 256;

  /** Where the user keeps the keys of known servers. */
  static final String KNOWN_HOSTS = ".ssh/known_hosts";

  private Defaults() {}
}
