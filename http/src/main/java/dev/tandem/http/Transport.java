package dev.tandem.http;

import java.io.IOException;

/** Makes connections. */
@FunctionalInterface
interface Transport {

  /**
   * Connects. When it throws, nothing stays open.
   *
   * @throws HandshakeException when TLS was refused by either side
   */
  Connection connect(Origin origin) throws IOException, InterruptedException;
}
