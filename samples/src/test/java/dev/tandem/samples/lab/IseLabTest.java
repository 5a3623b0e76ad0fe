package dev.tandem.samples.lab;

import static dev.tandem.samples.lab.IseVisitor.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.Request;
import dev.tandem.http.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IseLabTest {

  /** What a test does with one sound node. */
  interface Visit {
    void run(IseLab lab, AsyncHttpClient client) throws Exception;
  }

  @Test
  void start_inAGroupThatIsCancelledAlready_leavesNoListenerOpen() throws Exception {
    var addresses = new ArrayList<InetSocketAddress>();
    TaskGroup.run(
        group -> {
          group.cancel("too late");
          addresses.addAll(IseLab.start(group, LabSettings.of(3, ZERO)).addresses());
        });
    assertEquals(3, addresses.size());
    for (InetSocketAddress address : addresses) {
      assertThrows(IOException.class, () -> new Socket(address.getAddress(), address.getPort()));
    }
  }

  @Test
  void deployment_asked_isDescribed() throws Exception {
    visit(
        (lab, client) -> {
          JsonNode info = client.get(INFO).raiseForStatus().json().path("ERSDeploymentInfo");
          assertEquals("ise-0", info.path("deploymentInfo").path("deploymentID").asString());
          JsonNode version = client.get("/ers/config/endpoint/versioninfo").json();
          assertEquals("1.2", version.path("VersionInfo").path("currentServerVersion").asString());
        });
  }

  @Test
  void endpoints_pageByPage_areAllThereOnce() throws Exception {
    visit(
        (lab, client) -> {
          var macs = new HashSet<String>();
          String next = lab.baseUrl(0) + "/ers/config/endpoint?size=100";
          int pages = 0;
          while (!next.isEmpty()) {
            JsonNode result = client.get(next).raiseForStatus().json().path("SearchResult");
            assertEquals(253, result.path("total").asInt());
            assertEquals(pages > 0, result.has("previousPage"));
            result.path("resources").forEach(r -> macs.add(r.path("name").asString()));
            next = result.path("nextPage").path("href").asString("");
            pages++;
          }
          assertEquals(3, pages);
          assertEquals(253, macs.size());
          JsonNode usual = client.get("/ers/config/endpoint").json().path("SearchResult");
          assertEquals(20, usual.path("resources").size());
        });
  }

  @Test
  void endpoints_wrongQuery_isRefused() throws Exception {
    visit(
        (lab, client) -> {
          for (String query : List.of("size=101", "size=0", "page=0", "page=x", "filter=mac")) {
            Response refused = client.get("/ers/config/endpoint?" + query);
            assertEquals(400, refused.status(), query);
            JsonNode message = refused.json().path("ERSResponse").path("messages").path(0);
            assertEquals("Query validation exception", message.path("code").asString());
          }
        });
  }

  @Test
  void endpoint_lifeCycle_isThatOfErs() throws Exception {
    visit(
        (lab, client) -> {
          String endpoint = "/ers/config/endpoint";
          Map<String, Object> body =
              Map.of("ERSEndPoint", Map.of("mac", "AA:BB:CC:DD:EE:FF", "description", "new"));
          Response created = client.post(endpoint, body);
          assertEquals(201, created.status());
          assertEquals(0, created.bytes().length);
          String location = created.headers().first("Location").orElseThrow();
          assertTrue(location.startsWith(lab.baseUrl(0) + endpoint + "/"), location);

          Response again = client.post(endpoint, body);
          assertEquals(400, again.status());
          assertTrue(again.text().contains("AA:BB:CC:DD:EE:FF already exists"), again.text());

          JsonNode found =
              client
                  .request(Request.get(endpoint).query("filter", "mac.EQ.AA:BB:CC:DD:EE:FF"))
                  .json()
                  .path("SearchResult");
          assertEquals(1, found.path("total").asInt());
          JsonNode detail = client.get(location).json().path("ERSEndPoint");
          assertEquals("new", detail.path("description").asString());

          JsonNode updated =
              client
                  .put(location, Map.of("ERSEndPoint", Map.of("description", "changed")))
                  .json()
                  .path("UpdatedFieldsList")
                  .path("updatedField")
                  .path(0);
          assertEquals("changed", updated.path("newValue").asString());
          assertEquals(204, client.delete(location).status());
          assertEquals(404, client.delete(location).status());
          assertEquals(404, client.get(location).status());
          assertEquals(400, client.post(endpoint, Map.of("x", 1)).status());
        });
  }

  @Test
  void requests_improper_areAnsweredAsIseDoes() throws Exception {
    visit(
        (lab, client) -> {
          JsonNode groups = client.get("/ers/config/endpointgroup").json();
          assertEquals(4, groups.path("SearchResult").path("total").asInt());
          assertEquals(404, client.get("/ers/config/nothing").status());
          assertEquals(404, client.get("/admin").status());
          assertEquals(405, client.delete("/ers/config/endpoint").status());
          assertEquals(415, client.request(Request.get(INFO).header("Accept", "*/*")).status());
          Response xml =
              client.request(
                  Request.post("/ers/config/endpoint").body(new byte[] {'<'}, "application/xml"));
          assertEquals(415, xml.status());
          assertTrue(xml.json().path("ERSResponse").has("messages"));
          Response stranger =
              client.request(Request.get(INFO).header("Authorization", "Basic eDp5"));
          assertEquals(401, stranger.status());
          assertEquals(
              "Basic realm=\"Cisco ISE\"",
              stranger.headers().first("WWW-Authenticate").orElseThrow());
          assertTrue(stranger.text().startsWith("<!doctype html>"), stranger.text());
        });
  }

  @Test
  void certificate_trusted_passesVerification() throws Exception {
    TaskGroup.run(
        group -> {
          IseLab lab = IseLab.start(group, LabSettings.of(1, ZERO), "me", "pass");
          var trusted = KeyStore.getInstance("PKCS12");
          trusted.load(null, null);
          trusted.setCertificateEntry("ise", lab.certificate());
          var trust = TrustManagerFactory.getInstance("PKIX");
          trust.init(trusted);
          var context = SSLContext.getInstance("TLS");
          context.init(null, trust.getTrustManagers(), null);
          try (var client =
              AsyncHttpClient.builder()
                  .sslContext(context)
                  .basicAuth("me", "pass")
                  .header("Accept", "application/json")
                  .build()) {
            assertEquals(200, client.get(lab.baseUrl(0) + INFO).status());
            int port = lab.addresses().get(0).getPort();
            assertEquals(200, client.get("https://localhost:" + port + INFO).status());
          }
        });
  }

  @Test
  void curl_withUserAndInsecure_getsJson() throws Exception {
    visit(
        (lab, client) -> {
          Process curl;
          try {
            curl =
                new ProcessBuilder(
                        "curl",
                        "-sS",
                        "-k",
                        "-u",
                        lab.username() + ":" + lab.password(),
                        "-H",
                        "Accept: application/json",
                        lab.baseUrl(0) + INFO)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
          } catch (IOException noCurl) {
            org.junit.jupiter.api.Assumptions.abort("curl is not installed");
            return;
          }
          String out = new String(curl.getInputStream().readAllBytes(), UTF_8);
          assertEquals(0, curl.waitFor());
          assertTrue(out.startsWith("{\"ERSDeploymentInfo\":{"), out);
        });
  }

  @Test
  void groupEnds_everySocketIsClosed() throws Exception {
    var addresses = new ArrayList<InetSocketAddress>();
    try (var kept = new Socket()) {
      TaskGroup.run(
          group -> {
            IseLab lab = IseLab.start(group, LabSettings.of(3, ZERO));
            addresses.addAll(lab.addresses());
            kept.connect(addresses.get(0));
            try (var client = IseVisitor.builder(lab).build()) {
              assertEquals(200, client.get(lab.baseUrl(1) + INFO).status());
            }
          });
      kept.setSoTimeout(20_000);
      assertEquals(-1, read(kept));
    }
    for (InetSocketAddress address : addresses) {
      try (var late = new Socket()) {
        assertThrows(IOException.class, () -> late.connect(address));
      }
    }
  }

  @Test
  void toString_always_hidesThePassword() throws Exception {
    visit(
        (lab, client) -> {
          assertFalse(lab.toString().contains(lab.password()));
          assertEquals(24, lab.password().length());
        });
  }

  /** The next byte; the end, also when it is a reset, as it is before the node has accepted. */
  private static int read(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  private static void visit(Visit visit) throws Exception {
    TaskGroup.<Exception>run(
        group -> {
          IseLab lab = IseLab.start(group, LabSettings.of(1, ZERO));
          try (var client = IseVisitor.builder(lab).baseUrl(lab.baseUrl(0)).build()) {
            visit.run(lab, client);
          }
        });
  }
}
