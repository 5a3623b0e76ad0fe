package dev.tandem.inspect;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259); the caller opens and closes things in the right order. */
final class Json {

  private final StringBuilder text = new StringBuilder();
  private boolean needsComma;

  Json open(char bracket) {
    separate();
    text.append(bracket);
    needsComma = false;
    return this;
  }

  Json close(char bracket) {
    text.append(bracket);
    needsComma = true;
    return this;
  }

  Json name(String name) {
    separate();
    string(name);
    text.append(':');
    needsComma = false;
    return this;
  }

  /** A text, or null. */
  Json value(@Nullable String value) {
    separate();
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  Json value(long value) {
    separate();
    text.append(value);
    return this;
  }

  /** A time in seconds; null when it is negative, which is unknown. */
  Json seconds(long nanos) {
    separate();
    text.append(nanos < 0 ? "null" : String.format(Locale.ROOT, "%.9f", nanos / 1e9));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void separate() {
    if (needsComma) {
      text.append(',');
    }
    needsComma = true;
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      switch (letter) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (letter < ' ' || isAlone(value, i)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
          } else {
            text.append(letter);
          }
        }
      }
    }
    text.append('"');
  }

  /** Half of a character, which no encoding can carry. */
  private static boolean isAlone(String value, int index) {
    char letter = value.charAt(index);
    if (Character.isHighSurrogate(letter)) {
      return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    return Character.isLowSurrogate(letter)
        && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
  }
}
