package dev.tandem.http;

import org.jspecify.annotations.Nullable;

/** A request in all its details, as a connection sends it. */
final class Outgoing {

  final String method;
  final Url url;
  final Headers headers;
  final byte @Nullable [] body;

  Outgoing(String method, Url url, Headers headers, byte @Nullable [] body) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
  }

  /** True when doing it twice has the effect of doing it once (RFC 9110, 9.2.2). */
  boolean isIdempotent() {
    return switch (method) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
