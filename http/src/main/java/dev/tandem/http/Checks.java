package dev.tandem.http;

import java.util.Locale;

/**
 * What may not pass into a request: a line break or a NUL in a name, value or target would let data
 * become headers or further requests.
 */
final class Checks {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Checks() {}

  /** A method, which is a token; returned in upper case. */
  static String method(String method) {
    if (!isToken(method)) {
      throw new IllegalArgumentException(
          "method must be a token such as GET, but was " + quoted(method));
    }
    return method.toUpperCase(Locale.ROOT);
  }

  /** A header's name, which is a token. */
  static String headerName(String name) {
    if (!isToken(name)) {
      throw new IllegalArgumentException(
          "a header's name must be a token such as X-Request-Id, but was " + quoted(name));
    }
    return name;
  }

  /** A header's value; the message does not show it, for it may be a secret. */
  static String headerValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        throw new IllegalArgumentException(
            "the value of header "
                + name
                + " has the character "
                + code(c)
                + " at index "
                + i
                + "; line breaks, other control characters and those beyond Latin-1 are not"
                + " allowed");
      }
    }
    return value;
  }

  /** A user name or password; the message does not show it. */
  static String credential(String what, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException(
            what + " has a control character at index " + i + ", which is not allowed");
      }
    }
    return value;
  }

  /** A URL, or a part of one. */
  static String target(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "a URL must not have control characters, but has " + code(c) + " at index " + i);
      }
    }
    return target;
  }

  static int atLeastOne(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + value);
    }
    return value;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String quoted(String text) {
    var shown = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), 60); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? code(c) : String.valueOf(c));
    }
    return shown.append('\'').toString();
  }

  private static String code(char c) {
    return "U+" + String.format(Locale.ROOT, "%04X", (int) c);
  }
}
