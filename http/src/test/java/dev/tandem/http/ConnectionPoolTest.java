package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.TaskGroup;
import dev.tandem.http.HttpTimeoutException.Phase;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {

  @Test
  void requests_oneAfterTheOther_shareAConnection() throws Exception {
    try (var server = FaultServer.answering(AsyncHttpClientTest.ok("x"));
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      for (int i = 0; i < 10; i++) {
        client.get("/");
      }
      assertEquals(1, server.accepted());
      assertEquals(new ClientStatistics(1, 1, 0, 0), client.statistics());
    }
  }

  @Test
  void requests_connectionClose_eachHasItsOwn() throws Exception {
    String response = "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n";
    try (var server = FaultServer.answering(response);
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      client.get("/");
      client.get("/");
      assertEquals(2, server.accepted());
      assertEquals(0, client.statistics().open());
    }
  }

  @Test
  void limit_manyRequests_serverNeverSeesMore() throws Exception {
    try (var server = counting(7);
        var client = AsyncHttpClient.builder().baseUrl(server.url()).maxConnections(7).build()) {
      Gather.over(Collections.nCopies(300, "/")).run(client::get);
      assertEquals(7, server.peak());
      assertTrue(server.accepted() <= 7, () -> "connections: " + server.accepted());
    }
  }

  @Test
  void limitPerHost_twoHosts_eachHasItsOwn() throws Exception {
    try (var one = counting(3);
        var two = counting(3);
        var client =
            AsyncHttpClient.builder().maxConnections(10).maxConnectionsPerHost(3).build()) {
      var urls = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        urls.add(i % 2 == 0 ? one.url() : two.url());
      }
      Gather.over(urls).run(client::get);
      assertEquals(3, one.peak());
      assertEquals(3, two.peak());
    }
  }

  @Test
  void limit_manyHosts_idleConnectionsMakeRoom() throws Exception {
    var servers = new ArrayList<FaultServer>();
    try (var client = AsyncHttpClient.builder().maxConnections(4).build()) {
      for (int i = 0; i < 12; i++) {
        servers.add(FaultServer.answering(AsyncHttpClientTest.ok("x")));
      }
      for (FaultServer server : servers) {
        client.get(server.url());
        assertTrue(client.statistics().open() <= 4, client::toString);
      }
      assertEquals(4, client.hostCount());
    } finally {
      for (FaultServer server : servers) {
        server.close();
      }
    }
  }

  @Test
  void poolTimeout_noPlace_namesThePhase() throws Exception {
    try (var server = new FaultServer(FaultServer.Peer::untilClosed);
        var client =
            AsyncHttpClient.builder()
                .baseUrl(server.url())
                .maxConnections(1)
                .poolTimeout(Duration.ofMillis(50))
                .build()) {
      TaskGroup.run(
          group -> {
            group.startDaemon("holder", () -> client.get("/"));
            FaultServer.until(() -> server.open() == 1);
            var error = assertThrows(HttpTimeoutException.class, () -> client.get("/"));
            assertEquals(Phase.POOL, error.phase());
          });
      assertEquals(new ClientStatistics(0, 0, 0, 0), client.statistics());
    }
  }

  @Test
  void keepAlive_zero_keepsNothing() throws Exception {
    try (var server = FaultServer.answering(AsyncHttpClientTest.ok("x"));
        var client =
            AsyncHttpClient.builder()
                .keepAliveExpiry(Duration.ZERO)
                .baseUrl(server.url())
                .build()) {
      client.get("/");
      client.get("/");
      assertEquals(2, server.accepted());
      assertEquals(0, client.statistics().open());
      assertEquals(0, client.hostCount());
    }
  }

  @Test
  void keepAlive_expired_isNotUsedAgain() throws Exception {
    try (var server = FaultServer.answering(AsyncHttpClientTest.ok("x"));
        var client =
            AsyncHttpClient.builder()
                .keepAliveExpiry(Duration.ofNanos(1))
                .baseUrl(server.url())
                .build()) {
      client.get("/");
      client.get("/");
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void kept_serverSentSomethingMeanwhile_isNotUsedAgain() throws Exception {
    var done = new CountDownLatch(1);
    var sockets =
        new SocketTransport(new Dns(InetAddress::getAllByName), new Tls(true, null), null);
    var made = new CopyOnWriteArrayList<Connection>();
    Transport remembering =
        origin -> {
          Connection connection = sockets.connect(origin);
          made.add(connection);
          return connection;
        };
    try (var server =
            new FaultServer(
                peer -> {
                  peer.request();
                  peer.answer("first");
                  if (peer.number == 1) {
                    done.await();
                    peer.answer("smuggled");
                  }
                  peer.untilClosed();
                });
        var client =
            new AsyncHttpClient(
                AsyncHttpClient.builder().baseUrl(server.url()).settings(), remembering)) {
      client.get("/");
      done.countDown();
      FaultServer.until(() -> !made.getFirst().isOpen(false));
      assertEquals("first", client.get("/").text());
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void waiting_oneGivesUp_theOthersAreServed() throws Exception {
    var go = new CountDownLatch(1);
    try (var server =
            new FaultServer(
                peer -> {
                  while (peer.request() != null) {
                    go.await();
                    peer.answer("x");
                  }
                });
        var client = AsyncHttpClient.builder().baseUrl(server.url()).maxConnections(1).build()) {
      List<String> got =
          TaskGroup.run(
              group -> {
                var first = group.start("first", () -> client.get("/").text());
                FaultServer.until(() -> server.open() == 1);
                var quitter = group.start("quitter", () -> client.get("/").text());
                FaultServer.until(() -> client.statistics().waiting() == 1);
                var last = group.start("last", () -> client.get("/").text());
                FaultServer.until(() -> client.statistics().waiting() == 2);
                quitter.cancel("enough");
                go.countDown();
                return List.of(first.await(), last.await());
              });
      assertEquals(List.of("x", "x"), got);
      assertEquals(new ClientStatistics(1, 1, 0, 0), client.statistics());
    }
  }

  /**
   * A server that counts how many requests it has at once: it answers none before it has so many,
   * and takes so long for each that more would be seen, too.
   */
  private static FaultServer counting(int together) throws Exception {
    var self = new FaultServer[1];
    self[0] =
        new FaultServer(
            peer -> {
              while (peer.request() != null) {
                self[0].begin();
                FaultServer.until(() -> self[0].peak() >= together);
                Thread.sleep(2);
                self[0].end();
                peer.answer("x");
              }
            });
    return self[0];
  }
}
