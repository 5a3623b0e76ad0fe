package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArgumentsTest {

  private static final List<String> BREAKS = List.of("a\rb", "a\nb", "a\0b", "a\r\nX: y");

  @Test
  void headers_lineBreakOrNul_areRefusedWithoutShowingTheValue() {
    for (String evil : BREAKS) {
      refused(() -> Headers.empty().plus(evil, "v"));
      refused(() -> Headers.empty().with(evil, "v"));
      var error = refused(() -> Headers.empty().plus("Authorization", "hunter2" + evil));
      assertFalse(error.toString().contains("hunter2"), error.toString());
      refused(() -> Request.get("/").header("X", evil));
      refused(() -> AsyncHttpClient.builder().header("X", evil));
      refused(() -> AsyncHttpClient.builder().header(evil, "x"));
      refused(() -> Request.post("/").body(new byte[0], evil));
    }
    refused(() -> Headers.empty().plus("", "v"));
    refused(() -> Headers.empty().plus("a b", "v"));
    refused(() -> Headers.empty().plus("a:", "v"));
    refused(() -> Headers.empty().plus("X", "\u20ac"));
    refused(() -> Headers.empty().plus("X", "\u007f"));
  }

  @Test
  void headers_framing_isTheClientsOwn() {
    for (String name : List.of("Host", "content-length", "Transfer-Encoding", "Connection")) {
      refused(() -> Request.get("/").header(name, "1"));
      refused(() -> AsyncHttpClient.builder().header(name, "1"));
    }
  }

  @Test
  void methodsAndTargets_lineBreakOrNul_areRefused() {
    for (String evil : BREAKS) {
      refused(() -> Request.of(evil, "/"));
      refused(() -> Request.of("GET", evil));
      refused(() -> AsyncHttpClient.builder().baseUrl("http://h/" + evil));
    }
    refused(() -> Request.of("", "/"));
    refused(() -> Request.of("GET /x", "/"));
  }

  @Test
  void query_lineBreak_isEncoded() {
    assertEquals(
        "http://h/?a=%0D%0AX%3A%20y",
        Url.resolve(null, "http://h", List.of(new Url.Param("a", "\r\nX: y"))).toString());
  }

  @Test
  void basicAuth_controlOrColon_isRefusedWithoutShowingIt() {
    for (String evil : BREAKS) {
      var user = refused(() -> AsyncHttpClient.builder().basicAuth("hunter2" + evil, "p"));
      var password = refused(() -> AsyncHttpClient.builder().basicAuth("u", "hunter2" + evil));
      assertFalse(user.toString().contains("hunter2"));
      assertFalse(password.toString().contains("hunter2"));
    }
    refused(() -> AsyncHttpClient.builder().basicAuth("a:b", "p"));
  }

  @Test
  void urls_withUserinfo_areRefusedWithoutShowingIt() {
    var error = refused(() -> AsyncHttpClient.builder().baseUrl("https://u:hunter2@h/"));
    assertFalse(error.toString().contains("hunter2"), error.toString());
    assertTrue(error.toString().contains("basicAuth"), error.toString());
    assertFalse(Request.get("https://u:hunter2@h/").toString().contains("hunter2"));
  }

  @Test
  void urls_wrong_areRefused() {
    for (String wrong :
        List.of(
            "",
            "/path",
            "ftp://h",
            "h",
            "http://",
            "http://h:0",
            "http://h:65536",
            "http://a b",
            "http://[::1",
            "http:///x")) {
      refused(() -> AsyncHttpClient.builder().baseUrl(wrong));
    }
    refused(() -> AsyncHttpClient.builder().baseUrl("http://h/?q=1"));
    try (var client = AsyncHttpClient.builder().build()) {
      var error = refused(() -> client.get("/no-base"));
      assertTrue(error.toString().contains("base URL"), error.toString());
    }
  }

  @Test
  void builder_numbersAndTimes_areChecked() {
    var builder = AsyncHttpClient.builder();
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      refused(() -> builder.connectTimeout(wrong));
      refused(() -> builder.poolTimeout(wrong));
      refused(() -> builder.readTimeout(wrong));
      refused(() -> builder.totalTimeout(wrong));
      refused(() -> Request.get("/").timeout(wrong));
    }
    refused(() -> builder.keepAliveExpiry(Duration.ofNanos(-1)));
    refused(() -> builder.maxConnections(0));
    refused(() -> builder.maxConnectionsPerHost(0));
    refused(() -> builder.maxBodySize(-1));
  }

  @Test
  @SuppressWarnings("NullAway") // what is not allowed is the point here
  void nulls_anywhere_areRefused() {
    var builder = AsyncHttpClient.builder();
    for (Executable call :
        List.<Executable>of(
            () -> builder.baseUrl(null),
            () -> builder.header(null, "v"),
            () -> builder.header("n", null),
            () -> builder.basicAuth(null, "p"),
            () -> builder.basicAuth("u", null),
            () -> builder.sslContext(null),
            () -> builder.connectTimeout(null),
            () -> builder.poolTimeout(null),
            () -> builder.readTimeout(null),
            () -> builder.totalTimeout(null),
            () -> builder.keepAliveExpiry(null),
            () -> builder.jsonMapper(null),
            () -> Request.of(null, "/"),
            () -> Request.get(null),
            () -> Request.get("/").query(null, 1),
            () -> Request.get("/").query("a", null),
            () -> Request.get("/").header(null, "v"),
            () -> Request.get("/").json(null),
            () -> Request.get("/").body(null, "t"),
            () -> Request.get("/").body(new byte[0], null),
            () -> Request.get("/").timeout(null),
            () -> Headers.empty().first(null),
            () -> Headers.empty().all(null),
            () -> Headers.empty().forEach(null),
            () -> builder.build().request(null))) {
      assertThrows(NullPointerException.class, call);
    }
  }

  @Test
  void headers_lookups_ignoreCaseAndKeepOrder() {
    Headers headers = Headers.empty().plus("A", "1").plus("b", "2").plus("a", "3");
    assertEquals("1", headers.first("a").orElseThrow());
    assertEquals(List.of("1", "3"), headers.all("A"));
    assertTrue(headers.contains("B"));
    assertEquals(3, headers.size());
    assertEquals(List.of("9"), headers.with("a", "9").all("A"));
    assertEquals(
        "Cookie: (hidden)\nA: 1\n",
        Headers.empty().plus("Cookie", "hunter2").plus("A", "1").toString());
  }

  @Test
  void url_resolve_joinsPathsAndTakesWholeUrls() {
    Url base = Url.parse("HTTPS://Ise.Example:9060/ers/config/");
    assertEquals("https://ise.example:9060/ers/config/x", resolve(base, "/x"));
    assertEquals("https://ise.example:9060/ers/config/x", resolve(base, "x"));
    assertEquals("https://ise.example:9060/ers/config/?a=1", resolve(base, "?a=1"));
    assertEquals("https://ise.example:9060/ers/config/", resolve(base, ""));
    assertEquals("http://other/", resolve(base, "http://other"));
    assertEquals(
        "https://ise.example:9060/ers/config/x?to=http://other",
        resolve(base, "x?to=http://other"));
    assertEquals("http://h/%25/%41%C3%A9", resolve(base, "http://h:80/%/%41\u00e9"));
    assertEquals("[::1]:8080", Url.parse("http://[::1]:8080").authority());
    assertEquals("::1", Url.parse("http://[::1]:8080").origin().host());
  }

  private static String resolve(Url base, String target) {
    return Url.resolve(base, target, List.of()).toString();
  }

  private static IllegalArgumentException refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call);
  }
}
