package dev.tandem.samples.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** HTTP on one connection of a node, in its proper form and in some improper ones. */
final class IseConnection {

  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(4096).build();

  private final Socket raw;
  private final DefaultBHttpServerConnection wire;
  private @Nullable ClassicHttpRequest current;

  IseConnection(Socket raw, SSLSocket secured) throws IOException {
    this.raw = raw;
    this.wire = new DefaultBHttpServerConnection("https", CONFIG);
    wire.bind(secured, raw);
  }

  /** Waits for the head of a request; false when the client closed instead. */
  boolean awaitRequest() throws IOException, HttpException {
    current = wire.receiveRequestHeader();
    return current != null;
  }

  /** The request whose head was read last, with its body. */
  IseRequest request() throws IOException, HttpException {
    ClassicHttpRequest head = head();
    if (head.containsHeader("Expect")) {
      wire.sendResponseHeader(new BasicClassicHttpResponse(100, "Continue"));
      wire.flush();
    }
    wire.receiveRequestEntity(head);
    byte[] body =
        head.getEntity() == null ? new byte[0] : head.getEntity().getContent().readAllBytes();
    Map<String, String> headers = new HashMap<>();
    for (Header header : head.getHeaders()) {
      headers.merge(header.getName(), header.getValue(), (a, b) -> a + ", " + b);
    }
    return new IseRequest(head.getMethod(), head.getRequestUri(), headers, body);
  }

  /** Sends the whole reply; true when the client may go on. */
  boolean answer(IseReply reply) throws IOException, HttpException {
    boolean goesOn = keepsAlive();
    send(reply, reply.body, reply.body.length, goesOn);
    return goesOn;
  }

  /** Sends half of the reply and closes; returns false, for the connection is done with. */
  boolean truncate(IseReply reply) throws IOException, HttpException {
    sendHalf(reply);
    return false;
  }

  /** Sends half of the reply and resets the connection. */
  boolean reset(IseReply reply) throws IOException, HttpException {
    sendHalf(reply);
    raw.setSoLinger(true, 0);
    raw.close();
    return false;
  }

  /** Sends half of the reply and then nothing more, for as long as the client waits. */
  boolean stall(IseReply reply) throws IOException, HttpException {
    sendHalf(reply);
    return untilClosed();
  }

  /** Sends nothing, for as long as the client waits. */
  boolean untilClosed() throws IOException {
    raw.getInputStream().transferTo(OutputStream.nullOutputStream());
    return false;
  }

  private ClassicHttpRequest head() {
    if (current == null) {
      throw new IllegalStateException("no request has come");
    }
    return current;
  }

  private boolean keepsAlive() {
    Header wish = head().getFirstHeader("Connection");
    boolean asked = wish != null && "close".equalsIgnoreCase(wish.getValue());
    return !asked && HttpVersion.HTTP_1_1.equals(head().getVersion());
  }

  private void sendHalf(IseReply reply) throws IOException, HttpException {
    byte[] half = Arrays.copyOf(reply.body, reply.body.length / 2);
    // With at least one byte announced and not sent, even an empty body is cut.
    send(reply, half, Math.max(1, reply.body.length), false);
  }

  private void send(IseReply reply, byte[] sent, int announced, boolean keepAlive)
      throws IOException, HttpException {
    var response = new BasicClassicHttpResponse(reply.status);
    reply.headers.forEach(response::addHeader);
    if (reply.status != 204) {
      response.addHeader("Content-Type", reply.contentType);
      response.addHeader("Content-Length", Integer.toString(announced));
    }
    if (!keepAlive) {
      response.addHeader("Connection", "close");
    }
    wire.sendResponseHeader(response);
    if (sent.length > 0 && !head().getMethod().equals("HEAD")) {
      response.setEntity(new ByteArrayEntity(sent, null));
      wire.sendResponseEntity(response);
    }
    wire.flush();
  }
}
