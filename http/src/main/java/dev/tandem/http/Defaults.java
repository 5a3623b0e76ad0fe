package dev.tandem.http;

import java.time.Duration;

/** Every default of http, in one place. */
final class Defaults {

  /**
   * Name lookup, TCP connect and TLS handshake together may take this long: more than a lost packet
   * and its repetition, less than the patience of a person.
   */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A server may be silent for this long while it is awaited. */
  static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** A call may take this long in all, the wait for a connection and the body included. */
  static final Duration TOTAL_TIMEOUT = Duration.ofMinutes(5);

  /** Connections to all hosts together; httpx and aiohttp have the same number. */
  static final int MAX_CONNECTIONS = 100;

  /**
   * An idle connection is kept this long: less than the servers in use keep theirs, so that it is
   * mostly the client who closes.
   */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  /** A connection that was idle for longer than this is asked whether the server has closed it. */
  static final Duration TRUSTED_IDLE = Duration.ofSeconds(1);

  /** Idle connections of all hosts are looked through for expired ones not more often than this. */
  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  /** How long the question whether an idle connection is still open may take: one millisecond. */
  static final int PROBE_MILLIS = 1;

  /** A body that is read into memory may have this many bytes: 64 MiB. */
  static final long MAX_BODY = 64L << 20;

  /** The buffer a body is first read into, when its length is not known to be smaller: 16 KiB. */
  static final int BODY_CHUNK = 16 << 10;

  /** Status line and headers of a response may have this many bytes together: 64 KiB. */
  static final int MAX_HEAD = 64 << 10;

  /** A response may have this many header fields. */
  static final int MAX_FIELDS = 200;

  /** A server may send this many interim responses (1xx) before the one that counts. */
  static final int MAX_INTERIM = 8;

  /** Of the body of an error response, an exception's message shows this many characters. */
  static final int EXCERPT = 500;

  /** What servers are told of who asks. */
  static final String USER_AGENT = "tandem-http";

  /** The socket's buffer on our side, in bytes: 8 KiB. */
  static final int WIRE_BUFFER = 8 << 10;

  /** Names looked up at once; one that is stuck holds its thread until the system gives up. */
  static final int NAME_LOOKUPS = 256;

  private Defaults() {}
}
