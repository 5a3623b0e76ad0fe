package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.http.HttpTimeoutException.Phase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers do wrong, what the caller learns of it, and that nothing is left over. */
class FaultsTest {

  private final AsyncHttpClient client =
      AsyncHttpClient.builder().basicAuth("me", "hunter2").maxBodySize(1000).build();

  /** For servers that never answer: those that do may take as long as they take. */
  private final AsyncHttpClient hasty =
      AsyncHttpClient.builder().readTimeout(Duration.ofMillis(60)).build();

  @AfterEach
  void nothingIsLeftOver() {
    for (AsyncHttpClient used : List.of(client, hasty)) {
      ClientStatistics left = used.statistics();
      used.close();
      assertEquals(new ClientStatistics(left.idle(), left.idle(), 0, 0), left);
      assertEquals(0, used.statistics().open());
    }
  }

  @Test
  void connect_nothingListens_saysWhere() throws Exception {
    // Who binds and does not listen refuses connections, and lets nobody else have the port.
    try (var refusing = new Socket()) {
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String url = "http://127.0.0.1:" + refusing.getLocalPort();
      var error = assertThrows(HttpConnectException.class, () -> client.get(url));
      assertTrue(
          error.toString().contains("nothing accepts connections at " + url), error.toString());
    }
  }

  @Test
  void connect_unknownHost_saysSo() {
    var dns =
        new Dns(
            host -> {
              throw new UnknownHostException(host);
            });
    var transport = new SocketTransport(dns, new Tls(true, null), null);
    try (var lost = new AsyncHttpClient(AsyncHttpClient.builder().settings(), transport)) {
      var error = assertThrows(HttpConnectException.class, () -> lost.get("http://ise.example"));
      assertTrue(error.toString().contains("the host ise.example is unknown"), error.toString());
      assertEquals(0, lost.statistics().open());
    }
  }

  @Test
  void response_never_isReadTimeout() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed)) {
      var error = timeout(server);
      assertEquals(Phase.READ, error.phase());
      assertEquals(Duration.ofMillis(60), error.limit());
      assertTrue(error.toString().contains("silent for 0.06s"), error.toString());
      FaultServer.until(() -> server.open() == 0);
    }
  }

  @Test
  void response_stallsInBody_isReadTimeout() throws Exception {
    try (var server =
        new FaultServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
              peer.untilClosed();
            })) {
      assertEquals(Phase.READ, timeout(server).phase());
    }
  }

  @Test
  void response_slowDrip_isTotalTimeout() throws Exception {
    try (var server =
        new FaultServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
              while (true) {
                peer.send("x");
                Thread.sleep(5);
              }
            })) {
      Request request = Request.get(server.url()).timeout(Duration.ofMillis(90));
      try (var patient = AsyncHttpClient.builder().build()) {
        var error = assertThrows(HttpTimeoutException.class, () -> patient.request(request));
        assertEquals(Phase.TOTAL, error.phase());
        assertEquals(Duration.ofMillis(90), error.limit());
        assertEquals(0, patient.statistics().open());
      }
    }
  }

  @Test
  void response_truncated_isConnectionLost() throws Exception {
    lost("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "in the middle of the response");
    lost("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", "in the middle");
    lost("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "in the middle");
    lost("HTTP/1.1 200 OK\r\nA: b", "in the middle");
    lost("HTTP/1.1 200 OK\r\n", "in the middle");
    lost("", "before any response");
  }

  @Test
  void response_reset_isConnectionLost() throws Exception {
    try (var server =
        new FaultServer(
            peer -> {
              peer.request();
              peer.reset();
            })) {
      var error = assertThrows(ConnectionLostException.class, () -> client.get(server.url()));
      assertTrue(error.toString().contains("before any response"), error.toString());
      assertFalse(error.toString().contains("hunter2"));
    }
  }

  @Test
  void response_notHttp_isProtocolError() throws Exception {
    String ok = "HTTP/1.1 200 OK\r\n";
    for (String response :
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n\r\n",
            "\0\0\0\0\r\n\r\n",
            "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1 abc OK\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
            ok + "A: b\rc\r\nContent-Length: 0\r\n\r\n",
            ok + "A: b\0c\r\nContent-Length: 0\r\n\r\n",
            ok + "A: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
            ok + "no colon\r\n\r\n",
            ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na",
            ok + "Content-Length: +1\r\n\r\na",
            ok + "Content-Length: -1\r\n\r\n",
            ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(9),
            ok + "A: b\r\n".repeat(300) + "\r\n",
            ok + "A: " + "b".repeat(70_000) + "\r\n\r\n",
            "b".repeat(70_000))) {
      try (var server = FaultServer.once(response)) {
        String shown = response.substring(0, Math.min(60, response.length()));
        assertThrows(HttpProtocolException.class, () -> client.get(server.url()), shown);
        assertEquals(0, client.statistics().open(), shown);
      }
    }
  }

  @Test
  void body_tooLarge_isRefusedHoweverItIsFramed() throws Exception {
    String more = "x".repeat(1001);
    tooLarge(AsyncHttpClientTest.ok(more));
    tooLarge("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
    tooLarge("HTTP/1.1 200 OK\r\n\r\n" + more);
    tooLarge(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + more + "\r\n0\r\n\r\n");
    try (var server = FaultServer.once("HTTP/1.1 200 OK\r\n\r\n" + more.substring(1))) {
      assertEquals(1000, client.get(server.url()).bytes().length);
    }
  }

  @Test
  void response_leftoverBytes_connectionIsNotReused() throws Exception {
    for (String response :
        List.of(
            AsyncHttpClientTest.ok("a") + "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n")) {
      try (var server = FaultServer.answering(response)) {
        client.get(server.url());
        assertEquals(0, client.statistics().open());
      }
    }
  }

  @Test
  void kept_closedByServer_isRetriedOnceOnANewConnection() throws Exception {
    try (var server = closingAfterFirst()) {
      client.get(server.url());
      assertEquals("2", client.get(server.url()).text());
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void kept_closedByServer_postIsNotRepeated() throws Exception {
    try (var server = closingAfterFirst()) {
      client.get(server.url());
      var error =
          assertThrows(
              ConnectionLostException.class, () -> client.post(server.url(), List.of("x")));
      assertTrue(error.toString().contains("before any response"), error.toString());
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void kept_brokenAfterFirstByte_isNotRetried() throws Exception {
    try (var server =
        new FaultServer(
            peer -> {
              peer.request();
              peer.answer("ok");
              peer.request();
              peer.send("HTTP/1");
            })) {
      client.get(server.url());
      assertThrows(ConnectionLostException.class, () -> client.get(server.url()));
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void fresh_broken_isNotRetried() throws Exception {
    try (var server = FaultServer.once("")) {
      assertThrows(ConnectionLostException.class, () -> client.get(server.url()));
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void close_callUnderWay_failsAtOnce() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed)) {
      var closing = AsyncHttpClient.builder().build();
      Thread closer =
          Thread.startVirtualThread(
              () -> {
                try {
                  FaultServer.until(() -> server.open() == 1);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                closing.close();
              });
      assertThrows(IllegalStateException.class, () -> closing.get(server.url()));
      closer.join();
      assertEquals(new ClientStatistics(0, 0, 0, 0), closing.statistics());
    }
  }

  @Test
  void connect_serverNeverAccepts_isConnectTimeout() throws Exception {
    try (var full = new FullListener();
        var impatient = AsyncHttpClient.builder().connectTimeout(Duration.ofMillis(80)).build()) {
      var error = assertThrows(HttpTimeoutException.class, () -> impatient.get(full.url()));
      assertEquals(Phase.CONNECT, error.phase());
      assertEquals(new ClientStatistics(0, 0, 0, 0), impatient.statistics());
    }
  }

  private static FaultServer closingAfterFirst() throws Exception {
    return new FaultServer(
        peer -> {
          peer.request();
          peer.answer(Integer.toString(peer.number));
          peer.request();
        });
  }

  private HttpTimeoutException timeout(FaultServer server) {
    return assertThrows(HttpTimeoutException.class, () -> hasty.get(server.url()));
  }

  private void lost(String response, String when) throws Exception {
    try (var server = FaultServer.once(response)) {
      var error = assertThrows(ConnectionLostException.class, () -> client.get(server.url()));
      assertTrue(error.toString().contains(when), error.toString());
    }
  }

  private void tooLarge(String response) throws Exception {
    try (var server = FaultServer.once(response)) {
      var error = assertThrows(BodyTooLargeException.class, () -> client.get(server.url()));
      assertEquals(1000, error.limit());
      assertEquals(0, client.statistics().open());
    }
  }
}
