package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

class AsyncHttpClientTest {

  record Node(String name, int port) {}

  static final class Broken {
    public Broken getSelf() {
      return this;
    }
  }

  @Test
  void get_json_asTreeAndAsRecord() throws Exception {
    String body = "{\"name\":\"ise\",\"port\":9060}";
    try (var server = FaultServer.answering(ok(body));
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      JsonNode tree = client.get("/node").raiseForStatus().json();
      assertEquals("ise", tree.get("name").asString());
      assertEquals(new Node("ise", 9060), client.get("/node").json(Node.class));
    }
  }

  @Test
  void json_genericType_isRead() throws Exception {
    try (var server = FaultServer.answering(ok("[{\"name\":\"a\",\"port\":1}]"));
        var client = AsyncHttpClient.builder().build()) {
      List<Node> nodes = client.get(server.url()).json(new TypeReference<List<Node>>() {});
      assertEquals(List.of(new Node("a", 1)), nodes);
    }
  }

  @Test
  void json_notJson_isTypedAndNamesTheUrl() throws Exception {
    try (var server = FaultServer.answering(ok("<html>"));
        var client = AsyncHttpClient.builder().build()) {
      Response response = client.get(server.url() + "/x");
      var tree = assertThrows(BodyFormatException.class, response::json);
      assertTrue(tree.toString().contains("GET " + server.url() + "/x: the body is not JSON"));
      assertThrows(BodyFormatException.class, () -> response.json(Node.class));
      assertThrows(
          BodyFormatException.class, () -> response.json(new TypeReference<List<Node>>() {}));
    }
  }

  @Test
  void request_allParts_goOverTheWireAsAsked() throws Exception {
    var seen = new AtomicReference<String>();
    try (var server = recording(seen);
        var client =
            AsyncHttpClient.builder()
                .baseUrl(server.url() + "/ers/config/")
                .basicAuth("admin", "pässword")
                .header("Accept", "application/json")
                .header("X-Team", "default")
                .build()) {
      client.request(
          Request.post("/endpoint")
              .query("filter", "mac.EQ.AA:BB")
              .query("a b", "ü&=")
              .header("x-team", "own")
              .json(Map.of("name", "n")));
      assertEquals(
          "POST /ers/config/endpoint?filter=mac.EQ.AA%3ABB&a%20b=%C3%BC%26%3D HTTP/1.1\r\n"
              + "Host: 127.0.0.1:"
              + server.port()
              + "\r\nx-team: own\r\n"
              + "Accept: application/json\r\n"
              + "Authorization: Basic YWRtaW46cMOkc3N3b3Jk\r\n"
              + "User-Agent: tandem-http\r\n"
              + "Content-Type: application/json\r\n"
              + "Content-Length: 12\r\n\r\n{\"name\":\"n\"}",
          seen.get());
    }
  }

  @Test
  void verbs_each_sendsItsMethod() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    try (var server =
            new FaultServer(
                peer -> {
                  for (String r = peer.request(); r != null; r = peer.request()) {
                    seen.add(r.substring(0, r.indexOf(" HTTP")));
                    peer.answer("");
                  }
                });
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      client.get("/1");
      client.post("2", List.of(1));
      client.put("/3", List.of(1));
      client.delete("/4?q=a b#fragment");
      client.request(Request.of("patch", ""));
      assertEquals(List.of("GET /1", "POST /2", "PUT /3", "DELETE /4?q=a%20b", "PATCH /"), seen);
    }
  }

  @Test
  void basicAuth_anotherOrigin_isNotSentSecrets() throws Exception {
    var seen = new AtomicReference<String>();
    try (var other = recording(seen);
        var client =
            AsyncHttpClient.builder()
                .baseUrl("http://127.0.0.1:1")
                .basicAuth("u", "p")
                .header("Cookie", "s=1")
                .header("X-Plain", "yes")
                .build()) {
      client.get(other.url() + "/elsewhere");
      assertFalse(seen.get().contains("Authorization"), seen.get());
      assertFalse(seen.get().contains("Cookie"), seen.get());
      assertTrue(seen.get().contains("X-Plain: yes"), seen.get());
    }
  }

  @Test
  void body_bytes_areSentAsTheyAre() throws Exception {
    var seen = new AtomicReference<String>();
    try (var server = recording(seen);
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      byte[] content = "hällo".getBytes(StandardCharsets.UTF_8);
      Request request = Request.put("/raw").body(content, "text/plain");
      content[0] = 'x';
      client.request(request);
      assertTrue(seen.get().contains("Content-Type: text/plain\r\n"), seen.get());
      assertTrue(seen.get().endsWith("\r\n\r\nhällo"), seen.get());
    }
  }

  @Test
  void response_framings_areAllRead() throws Exception {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertEquals("hello world", fetch(chunked + "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n"));
    assertEquals("to the end", fetch("HTTP/1.1 200 OK\r\n\r\nto the end"));
    assertEquals("old", fetch("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold"));
    assertEquals("", fetch("HTTP/1.1 204 No Content\r\n\r\n"));
    assertEquals("after", fetch("HTTP/1.1 100 Continue\r\n\r\n" + ok("after")));
    String big = "x".repeat(300_000);
    assertEquals(big, fetch(ok(big)));
    assertEquals(big, fetch("HTTP/1.1 200 OK\r\n\r\n" + big));
  }

  @Test
  void head_bodyAnnounced_isNotAwaited() throws Exception {
    try (var server = FaultServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        var client = AsyncHttpClient.builder().baseUrl(server.url()).build()) {
      Response response = client.request(Request.of("HEAD", "/"));
      assertEquals(0, response.bytes().length);
      client.request(Request.of("HEAD", "/"));
      assertEquals(1, server.accepted());
    }
  }

  @Test
  void text_charset_followsContentType() throws Exception {
    String latin = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=\"ISO-8859-1\"\r\n";
    assertEquals("é", fetch(latin + "Content-Length: 1\r\n\r\n\u00e9"));
    String unknown = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=klingon\r\n";
    assertEquals("e", fetch(unknown + "Content-Length: 1\r\n\r\ne"));
  }

  @Test
  void bytes_changed_leavesTheResponseAlone() throws Exception {
    try (var server = FaultServer.answering(ok("abc"));
        var client = AsyncHttpClient.builder().build()) {
      Response response = client.get(server.url());
      response.bytes()[0] = 'x';
      assertArrayEquals(new byte[] {'a', 'b', 'c'}, response.bytes());
    }
  }

  @Test
  void raiseForStatus_error_carriesStatusAndExcerpt() throws Exception {
    String body = "no\r\nsuch\tnode" + "x".repeat(2000);
    String response =
        "HTTP/1.1 404 Not Found\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    try (var server = FaultServer.answering(response);
        var client = AsyncHttpClient.builder().basicAuth("me", "secret").build()) {
      Response found = client.get(server.url() + "/a?b=c");
      var error = assertThrows(HttpStatusException.class, found::raiseForStatus);
      assertEquals(404, error.status());
      assertEquals("GET", error.method());
      assertEquals(server.url() + "/a?b=c", error.url());
      assertEquals(500, error.excerpt().length());
      assertTrue(
          error
              .toString()
              .contains("GET " + server.url() + "/a?b=c: 404 Not Found, no such nodexxx"),
          error.toString());
      assertFalse(found.isSuccess());
    }
  }

  @Test
  void raiseForStatus_success_isTheResponse() throws Exception {
    try (var server = FaultServer.answering(ok("x"));
        var client = AsyncHttpClient.builder().build()) {
      Response response = client.get(server.url());
      assertSame(response, response.raiseForStatus());
      assertTrue(response.isSuccess());
      assertEquals("GET " + server.url() + "/: 200, 1 bytes", response.toString());
    }
  }

  @Test
  void redirect_byDefault_isAResponse() throws Exception {
    String found = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    try (var server = FaultServer.answering(found);
        var client = AsyncHttpClient.builder().build()) {
      Response response = client.get(server.url());
      assertEquals(302, response.status());
      assertEquals("/other", response.headers().first("location").orElseThrow());
    }
  }

  @Test
  void toString_withCredentials_showsNone() throws Exception {
    var builder =
        AsyncHttpClient.builder()
            .baseUrl("https://ise.example:9060")
            .basicAuth("admin", "hunter2")
            .header("Cookie", "hunter2");
    assertFalse(builder.toString().contains("hunter2"));
    assertFalse(builder.settings().toString().contains("hunter2"));
    try (var client = builder.build()) {
      assertFalse(client.toString().contains("hunter2"));
      assertTrue(client.toString().contains("https://ise.example:9060"));
    }
  }

  @Test
  void request_clientClosed_isRefused() throws Exception {
    var client = AsyncHttpClient.builder().build();
    client.close();
    client.close();
    assertThrows(IllegalStateException.class, () -> client.get("http://127.0.0.1:1"));
  }

  @Test
  void json_notWritable_isTheCallersFault() throws Exception {
    try (var client = AsyncHttpClient.builder().baseUrl("http://127.0.0.1:1").build()) {
      assertThrows(IllegalArgumentException.class, () -> client.post("/", new Broken()));
    }
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String fetch(String response) throws Exception {
    try (var server = FaultServer.once(response);
        var client = AsyncHttpClient.builder().build()) {
      return client.get(server.url()).text();
    }
  }

  private static FaultServer recording(AtomicReference<String> seen) throws Exception {
    return new FaultServer(
        peer -> {
          for (String r = peer.request(); r != null; r = peer.request()) {
            seen.set(r);
            peer.answer("");
          }
        });
  }
}
