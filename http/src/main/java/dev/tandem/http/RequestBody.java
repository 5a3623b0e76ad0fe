package dev.tandem.http;

import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a request carries. */
sealed interface RequestBody {

  /** The bytes to send; those of JSON are made here. */
  byte[] bytes(JsonMapper mapper);

  /** The value of the Content-Type header, unless the request sets another. */
  String contentType();

  /** The headers that say where a message ends are not the caller's to set. */
  static void checkNotFraming(String name) {
    if (Framing.NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "header " + name + " is set by the client itself, from the URL and the body");
    }
  }

  /** Bytes as they are. */
  final class Bytes implements RequestBody {
    private final byte[] content;
    private final String contentType;

    Bytes(byte[] content, String contentType) {
      this.content = content;
      this.contentType = contentType;
    }

    @Override
    public byte[] bytes(JsonMapper mapper) {
      return content;
    }

    @Override
    public String contentType() {
      return contentType;
    }
  }

  /** A value that Jackson writes. */
  record Json(Object value) implements RequestBody {

    @Override
    public byte[] bytes(JsonMapper mapper) {
      try {
        return mapper.writeValueAsBytes(value);
      } catch (JacksonException e) {
        throw new IllegalArgumentException(
            "the request body, a " + value.getClass().getName() + ", cannot be written as JSON", e);
      }
    }

    @Override
    public String contentType() {
      return "application/json";
    }
  }

  /** The names of those headers. */
  final class Framing {
    private static final Set<String> NAMES =
        Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade");

    private Framing() {}
  }
}
