package dev.tandem.http;

import java.io.IOException;

/**
 * A connection to an origin, for one request at a time: the seam between what a client does and the
 * wire. Used by one thread at a time, but for {@link #abort}.
 *
 * <p>What is not HTTP is reported as {@link java.net.ProtocolException}, silence beyond the read
 * timeout as {@link java.net.SocketTimeoutException}, anything else as another IOException.
 */
interface Connection {

  /** Sends a request and waits for the head of its response. */
  Head exchange(Outgoing request) throws IOException;

  /** Reads from the body of the response; -1 at its end. */
  int read(byte[] into, int offset, int length) throws IOException;

  /** True once a byte has arrived since the last request was sent. */
  boolean isAnswered();

  /** After the end of a body: true when the connection is fit for another request. */
  boolean isReusable();

  /**
   * Before a further request: true when the server has not closed the connection, as far as can be
   * told.
   *
   * @param thoroughly whether the answer may take a moment
   */
  boolean isOpen(boolean thoroughly);

  /** Closes at once and never blocks; a read in progress fails. Any thread may call it. */
  void abort();
}
