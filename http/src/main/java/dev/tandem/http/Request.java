package dev.tandem.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to ask for. Immutable: each method returns a request that differs in one thing.
 *
 * <pre>{@code
 * Response page = client.request(
 *     Request.get("/ers/config/endpoint").query("size", 100).query("page", 1));
 * }</pre>
 *
 * <p>The target is a path, which goes below the client's base URL, or a whole URL. What a URL may
 * not contain is percent-encoded.
 */
public final class Request {

  final String method;
  final String target;
  final List<Url.Param> params;
  final Headers headers;
  final @Nullable RequestBody body;
  final @Nullable Duration timeout;

  private Request(
      String method,
      String target,
      List<Url.Param> params,
      Headers headers,
      @Nullable RequestBody body,
      @Nullable Duration timeout) {
    this.method = method;
    this.target = target;
    this.params = params;
    this.headers = headers;
    this.body = body;
    this.timeout = timeout;
  }

  /**
   * A request with any method.
   *
   * @throws IllegalArgumentException when {@code method} is not a token, or {@code target} has a
   *     control character
   */
  public static Request of(String method, String target) {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    return new Request(
        Checks.method(method), Checks.target(target), List.of(), Headers.empty(), null, null);
  }

  /** A GET request. */
  public static Request get(String target) {
    return of("GET", target);
  }

  /** A POST request. */
  public static Request post(String target) {
    return of("POST", target);
  }

  /** A PUT request. */
  public static Request put(String target) {
    return of("PUT", target);
  }

  /** A DELETE request. */
  public static Request delete(String target) {
    return of("DELETE", target);
  }

  /** Adds a name and a value to the query, after any others of that name. */
  public Request query(String name, Object value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    var more = new ArrayList<>(params);
    more.add(new Url.Param(name, value.toString()));
    return new Request(method, target, List.copyOf(more), headers, body, timeout);
  }

  /**
   * Sets a header, in place of the client's default of that name.
   *
   * @throws IllegalArgumentException when the name is not a token, the value has a line break or
   *     another control character, or the client sets the header itself
   */
  public Request header(String name, String value) {
    Headers more = headers.with(name, value);
    RequestBody.checkNotFraming(name);
    return new Request(method, target, params, more, body, timeout);
  }

  /**
   * Sends {@code value} as JSON: a JsonNode, a map, a list, a record, or what Jackson can write.
   */
  public Request json(Object value) {
    requireNonNull(value, "value");
    return with(new RequestBody.Json(value));
  }

  /**
   * Sends these bytes, which are copied.
   *
   * @param contentType such as {@code application/octet-stream}
   */
  public Request body(byte[] content, String contentType) {
    requireNonNull(content, "content");
    requireNonNull(contentType, "contentType");
    return with(
        new RequestBody.Bytes(content.clone(), Checks.headerValue("Content-Type", contentType)));
  }

  /**
   * How long the call may take in all, in place of the client's total timeout.
   *
   * @throws IllegalArgumentException when {@code total} is not longer than zero
   */
  public Request timeout(Duration total) {
    requireNonNull(total, "total");
    return new Request(
        method, target, params, headers, body, ClientSettings.positive(total, "total"));
  }

  /** The method and the target; neither query, nor headers, nor body. */
  @Override
  public String toString() {
    int query = target.indexOf('?');
    String shown = query < 0 ? target : target.substring(0, query);
    int user = shown.indexOf('@');
    return method + " " + (user < 0 ? shown : "(hidden)" + shown.substring(user));
  }

  private Request with(RequestBody newBody) {
    return new Request(method, target, params, headers, newBody, timeout);
  }
}
