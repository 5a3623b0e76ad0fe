package dev.tandem.io;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Every default of io, in one place. */
final class Defaults {

  /** Text is UTF-8 unless somebody says otherwise, whatever the platform prefers. */
  static final Charset CHARSET = StandardCharsets.UTF_8;

  /** A line, or what comes before a delimiter, may have this many bytes: 64 KiB, as in asyncio. */
  static final int LINE_LIMIT = 64 << 10;

  /** Bytes asked of the system at once: 8 KiB. */
  static final int CHUNK = 8 << 10;

  /** Name look-ups at once; one that is stuck holds its thread until the system gives up. */
  static final int NAME_LOOKUPS = 256;

  /** A TLS handshake may take this long, as in asyncio. */
  static final Duration TLS_HANDSHAKE = Duration.ofSeconds(60);

  /** TLS says farewell when a connection is closed, but waits at most this long for room. */
  static final Duration TLS_FAREWELL = Duration.ofSeconds(1);

  /** Connections a server serves at once; more wait in the system's queue. */
  static final int CONNECTIONS = 1000;

  /** Connections that wait for a server in the system's queue. */
  static final int BACKLOG = 128;

  /** A server that cannot accept, for want of descriptors for example, tries again after this. */
  static final Duration ACCEPT_AGAIN = Duration.ofMillis(100);

  /** Of each output of a process this many bytes are kept: 64 MiB. */
  static final int CAPTURE_LIMIT = 64 << 20;

  /** Of the errors of a process that nobody reads, this many bytes are kept, the last: 64 KiB. */
  static final int ERROR_TAIL = 64 << 10;

  /** Of its errors, the message of an exception shows this many characters, the last. */
  static final int ERROR_EXCERPT = 2000;

  /** A process that was asked to end has this long before it is killed. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** A process that was killed is waited for this long, before it is told of and left. */
  static final Duration KILLED = Duration.ofSeconds(10);

  /** After a process has ended, those it left behind may hold its output open for this long. */
  static final Duration DRAIN = Duration.ofSeconds(1);

  /** After a process has ended, the lines that it was to read have this long to be closed. */
  static final Duration INPUT_CLOSES = Duration.ofSeconds(1);

  /** Chunks on their way between a process and the program, in each direction. */
  static final int CHUNKS_ON_THE_WAY = 8;

  /** A file that grows is looked at this often. */
  static final Duration TAIL_INTERVAL = Duration.ofMillis(100);

  private Defaults() {}
}
