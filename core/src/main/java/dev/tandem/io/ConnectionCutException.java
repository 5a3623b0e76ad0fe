package dev.tandem.io;

/**
 * A connection with TLS ended, and the peer had not said that it would: it crashed, or somebody on
 * the way cut it off, so what has come may not be all. Without TLS nobody could tell.
 *
 * @see TlsSettings#withoutFarewell
 */
public final class ConnectionCutException extends ConnectionLostException {

  private static final long serialVersionUID = 1L;

  ConnectionCutException(String peer) {
    super(
        "the connection to "
            + peer
            + " was cut: it ended without TLS's farewell (close_notify), so what came may not be"
            + " all; for a peer that never says it, use TlsSettings.withoutFarewell");
  }
}
