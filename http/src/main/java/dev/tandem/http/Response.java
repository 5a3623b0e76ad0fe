package dev.tandem.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response with its whole body. It holds no connection, so there is nothing to close. Immutable.
 *
 * <p>Any status is a response; {@link #raiseForStatus} makes those from 400 up exceptions.
 */
public final class Response {

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final String method;
  private final Url url;
  private final Head head;
  private final byte[] body;
  private final JsonMapper mapper;

  Response(String method, Url url, Head head, byte[] body, JsonMapper mapper) {
    this.method = method;
    this.url = url;
    this.head = head;
    this.body = body;
    this.mapper = mapper;
  }

  /** The status, such as 200. */
  public int status() {
    return head.status();
  }

  /** True for a status from 200 to 299. */
  public boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  /** The header fields, as they came. */
  public Headers headers() {
    return head.headers();
  }

  /** The URL that was asked. */
  public String url() {
    return url.toString();
  }

  /** The method that was asked with, in upper case. */
  public String method() {
    return method;
  }

  /** The body; a copy, which is the caller's own. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as text, in the character set that Content-Type names, or else in UTF-8. */
  public String text() {
    return new String(body, charset());
  }

  /**
   * The body as JSON.
   *
   * @throws BodyFormatException when it is not JSON
   */
  public JsonNode json() throws BodyFormatException {
    try {
      return mapper.readTree(body);
    } catch (JacksonException e) {
      throw notJson("JSON", e);
    }
  }

  /**
   * The body, which is JSON, as a value of {@code type}: a record, for instance.
   *
   * @throws BodyFormatException when it is not JSON, or does not fit the type
   */
  public <T> T json(Class<T> type) throws BodyFormatException {
    requireNonNull(type, "type");
    try {
      return mapper.readValue(body, type);
    } catch (JacksonException e) {
      throw notJson(type.getName(), e);
    }
  }

  /**
   * Like {@link #json(Class)}, for generic types: {@code json(new TypeReference<List<Node>>() {})}.
   *
   * @throws BodyFormatException when it is not JSON, or does not fit the type
   */
  public <T> T json(TypeReference<T> type) throws BodyFormatException {
    requireNonNull(type, "type");
    try {
      return mapper.readValue(body, type);
    } catch (JacksonException e) {
      throw notJson(type.getType().getTypeName(), e);
    }
  }

  /**
   * Nothing for a status below 400.
   *
   * @return this response
   * @throws HttpStatusException for a status of 400 or above, with the beginning of the body
   */
  public Response raiseForStatus() throws HttpStatusException {
    if (status() >= 400) {
      throw new HttpStatusException(method, url(), status(), head.reason(), excerpt());
    }
    return this;
  }

  /** The status, the request, and how long the body is. */
  @Override
  public String toString() {
    return method + " " + url + ": " + status() + ", " + body.length + " bytes";
  }

  private BodyFormatException notJson(String wanted, JacksonException cause) {
    return new BodyFormatException(
        method, url(), "the body is not " + wanted + ": " + cause.getOriginalMessage(), cause);
  }

  private Charset charset() {
    Matcher named = CHARSET.matcher(headers().first("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  private String excerpt() {
    // A character has at most four bytes, so this much of the body is enough.
    int length = Math.min(body.length, 4 * Defaults.EXCERPT);
    String text =
        new String(body, 0, length, charset()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return text.length() <= Defaults.EXCERPT ? text : text.substring(0, Defaults.EXCERPT);
  }
}
