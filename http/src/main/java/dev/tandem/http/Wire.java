package dev.tandem.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** HttpCore's connection, with our own stream below its parser and its buffer in sight. */
final class Wire extends DefaultBHttpClientConnection {

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(Defaults.WIRE_BUFFER)
          .setMaxLineLength(Defaults.MAX_HEAD)
          // The parser refuses when the count is reached, not when it is passed.
          .setMaxHeaderCount(Defaults.MAX_FIELDS + 1)
          .build();

  private @Nullable SessionInputBuffer buffer;

  Wire(Socket socket, InputStream in, OutputStream out) throws IOException {
    // Without a factory of its own the parser goes by limits of HttpCore's choice.
    super(LIMITS, null, null, null, null, null, new DefaultHttpResponseParserFactory(LIMITS));
    bind(new Streams(socket, in, out));
  }

  /** True when bytes were read that no body has asked for. */
  boolean hasLeftovers() {
    return buffer != null && buffer.length() > 0;
  }

  @Override
  protected InputStream createContentInputStream(
      long length, SessionInputBuffer newBuffer, InputStream in) {
    buffer = newBuffer;
    return super.createContentInputStream(length, newBuffer, in);
  }

  private static final class Streams extends SocketHolder {
    private final InputStream in;
    private final OutputStream out;

    Streams(Socket socket, InputStream in, OutputStream out) {
      super(socket);
      this.in = in;
      this.out = out;
    }

    @Override
    protected InputStream getInputStream(Socket socket) {
      return in;
    }

    @Override
    protected OutputStream getOutputStream(Socket socket) {
      return out;
    }
  }
}
