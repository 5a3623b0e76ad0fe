package dev.tandem.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on a blocking socket. The thread that reads or writes is the caller's virtual thread,
 * and an interrupt closes the socket.
 */
final class SocketConnection implements Connection {

  private final Socket raw;
  private final ResponseInput input;
  private final Wire wire;
  private @Nullable InputStream body;
  private boolean atEnd;
  private boolean keepAlive;

  /**
   * A connection over a socket that is connected.
   *
   * @param raw the TCP socket, which is what gets closed
   * @param spoken the socket to read and write: {@code raw} itself, or TLS over it
   */
  SocketConnection(Socket raw, Socket spoken) throws IOException {
    this.raw = raw;
    this.input = new ResponseInput(spoken.getInputStream());
    this.wire = new Wire(spoken, input, spoken.getOutputStream());
  }

  @Override
  public Head exchange(Outgoing outgoing) throws IOException {
    keepAlive = false;
    atEnd = false;
    body = null;
    input.expectHead();
    try {
      ClassicHttpRequest request = message(outgoing);
      wire.sendRequestHeader(request);
      wire.sendRequestEntity(request);
      wire.flush();
      return receive(outgoing, finalHead());
    } catch (HttpException | IOException e) {
      throw asIo(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (body == null) {
      return -1;
    }
    try {
      int count = body.read(into, offset, length);
      atEnd |= count < 0;
      return count;
    } catch (IOException e) {
      throw asIo(e);
    }
  }

  @Override
  public boolean isAnswered() {
    return input.isAnswered();
  }

  @Override
  public boolean isReusable() {
    return keepAlive && atEnd && !wire.hasLeftovers() && !raw.isClosed();
  }

  @Override
  public boolean isOpen(boolean thoroughly) {
    try {
      if (raw.isClosed() || wire.hasLeftovers() || input.available() > 0) {
        return false;
      }
      return !thoroughly || (!wire.isStale() && !wire.hasLeftovers());
    } catch (IOException closed) {
      return false;
    }
  }

  @Override
  public void abort() {
    closeQuietly(raw);
  }

  /** Closes the TCP socket; TLS above it says no farewell, for that may block. */
  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same: the descriptor is released whatever close reports.
    }
  }

  private static ClassicHttpRequest message(Outgoing outgoing) {
    var request =
        new BasicClassicHttpRequest(outgoing.method, (HttpHost) null, outgoing.url.target());
    request.addHeader("Host", outgoing.url.authority());
    outgoing.headers.forEach(request::addHeader);
    byte[] content = outgoing.body;
    if (content != null) {
      request.addHeader("Content-Length", Integer.toString(content.length));
      request.setEntity(new ByteArrayEntity(content, null));
    } else if (outgoing.method.equals("POST")
        || outgoing.method.equals("PUT")
        || outgoing.method.equals("PATCH")) {
      request.addHeader("Content-Length", "0");
    }
    return request;
  }

  private ClassicHttpResponse finalHead() throws HttpException, IOException {
    for (int interim = 0; interim <= Defaults.MAX_INTERIM; interim++) {
      ClassicHttpResponse response = wire.receiveResponseHeader();
      if (response.getCode() >= 200) {
        return response;
      }
      if (response.getCode() == 101) {
        throw new ProtocolException("the server switched protocols, which it was not asked for");
      }
    }
    throw new ProtocolException(
        "more than " + Defaults.MAX_INTERIM + " interim responses before the one that counts");
  }

  private Head receive(Outgoing outgoing, ClassicHttpResponse response)
      throws HttpException, IOException {
    checkFraming(response);
    int status = response.getCode();
    long length;
    if (outgoing.method.equals("HEAD") || status == 204 || status == 304) {
      length = 0;
      atEnd = input.pastHead() == 0;
      keepAlive = wantsKeepAlive(response);
    } else {
      wire.receiveResponseEntity(response);
      HttpEntity entity = response.getEntity();
      length = entity.getContentLength();
      body = entity.getContent();
      keepAlive = wantsKeepAlive(response) && (length >= 0 || entity.isChunked());
    }
    String reason = response.getReasonPhrase();
    return new Head(status, reason == null ? "" : reason, headers(response), length);
  }

  /** Two ways to tell where the body ends, or two lengths, are how responses are smuggled. */
  private static void checkFraming(ClassicHttpResponse response) throws ProtocolException {
    Header[] lengths = response.getHeaders("Content-Length");
    if (lengths.length > 0 && response.containsHeader("Transfer-Encoding")) {
      throw new ProtocolException("the response has both Content-Length and Transfer-Encoding");
    }
    for (Header length : lengths) {
      if (!length.getValue().equals(lengths[0].getValue())
          || !length.getValue().matches("[0-9]{1,18}")) {
        throw new ProtocolException("the response's Content-Length is no single number");
      }
    }
    if (lengths.length > 1) {
      throw new ProtocolException("the response has Content-Length more than once");
    }
  }

  private static boolean wantsKeepAlive(ClassicHttpResponse response) {
    if (!HttpVersion.HTTP_1_1.equals(response.getVersion())) {
      return false;
    }
    for (Header header : response.getHeaders("Connection")) {
      for (String token : header.getValue().split(",", -1)) {
        if (token.strip().equalsIgnoreCase("close")) {
          return false;
        }
      }
    }
    return true;
  }

  private static Headers headers(ClassicHttpResponse response) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Header header : response.getHeaders()) {
      String value = header.getValue();
      fields.add(new Headers.Field(header.getName(), value == null ? "" : value));
    }
    return Headers.received(fields);
  }

  private static IOException asIo(Exception e) {
    boolean malformed =
        e instanceof HttpException
            || e instanceof MessageConstraintException
            || (e instanceof MalformedChunkCodingException
                && !(e instanceof TruncatedChunkException));
    if (malformed) {
      var faulty = new ProtocolException(e.getMessage());
      faulty.initCause(e);
      return faulty;
    }
    return e instanceof IOException io ? io : new IOException(e);
  }
}
