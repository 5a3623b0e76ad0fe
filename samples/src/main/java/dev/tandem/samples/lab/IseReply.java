package dev.tandem.samples.lab;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a node answers. */
final class IseReply {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String JSON = "application/json;charset=utf-8";

  final int status;
  final String contentType;
  final Map<String, String> headers;
  final byte[] body;

  private IseReply(int status, String contentType, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.body = body;
  }

  static IseReply json(int status, JsonNode tree) {
    return new IseReply(status, JSON, Map.of(), MAPPER.writeValueAsBytes(tree));
  }

  static IseReply empty(int status, Map<String, String> headers) {
    return new IseReply(status, JSON, headers, new byte[0]);
  }

  /** An error as ERS reports it. */
  static IseReply error(int status, String operation, String title, String code) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode response = root.putObject("ERSResponse").put("operation", operation);
    response
        .putArray("messages")
        .addObject()
        .put("title", title)
        .put("type", "ERROR")
        .put("code", code);
    return json(status, root);
  }

  /** What comes of wrong credentials: not from ERS, but from the web server before it. */
  static IseReply unauthorized() {
    String html =
        "<!doctype html><html lang=\"en\"><head><title>HTTP Status 401 –"
            + " Unauthorized</title></head><body><h1>HTTP Status 401 –"
            + " Unauthorized</h1></body></html>";
    return new IseReply(
        401,
        "text/html;charset=utf-8",
        Map.of("WWW-Authenticate", "Basic realm=\"Cisco ISE\""),
        html.getBytes(StandardCharsets.UTF_8));
  }

  /** What the gateway says while the application behind it is not there. */
  static IseReply unavailable() {
    return new IseReply(
        503,
        "text/html;charset=utf-8",
        Map.of(),
        "<html><body><h1>503 Service Unavailable</h1></body></html>"
            .getBytes(StandardCharsets.UTF_8));
  }
}
