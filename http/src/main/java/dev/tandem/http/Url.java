package dev.tandem.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: an origin, and the path and query sent to it. What a URL may not contain is
 * percent-encoded; what is encoded already stays.
 */
record Url(Origin origin, String authority, String target) {

  private static final String UNRESERVED = "-._~";
  private static final String IN_TARGETS = "-._~:@!$&'()*+,;=/?";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** One name and value of a query. */
  record Param(String name, String value) {}

  /** A whole URL, of http or https. */
  static Url parse(String url) {
    Checks.target(url);
    int schemeEnd = url.indexOf("://");
    String scheme = schemeEnd < 0 ? "" : url.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "a URL must start with http:// or https://, but this one does not"
              + (schemeEnd < 0 ? "; set a base URL to ask for paths" : ": " + scheme));
    }
    String rest = url.substring(schemeEnd + 3);
    int pathStart = firstOf(rest, "/?#");
    String place = rest.substring(0, pathStart);
    if (place.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "a URL must not carry a user name or password; give them to basicAuth");
    }
    Origin origin = origin(scheme.equals("https"), scheme + "://" + place);
    return new Url(origin, origin.authority(), encodedTarget(rest.substring(pathStart)));
  }

  /** Where {@code target} is: below {@code base} when it is a path, or else a URL of its own. */
  static Url resolve(@Nullable Url base, String target, List<Param> params) {
    Checks.target(target);
    Url url;
    int scheme = target.indexOf("://");
    // A path may carry a whole URL in its query.
    if (base == null || (scheme >= 0 && firstOf(target, "/?#") > scheme)) {
      url = parse(target);
    } else {
      url = base.below(target);
    }
    return params.isEmpty() ? url : url.with(params);
  }

  /** The whole URL; it never carries credentials. */
  @Override
  public String toString() {
    return origin + target;
  }

  private Url below(String target) {
    String own =
        this.target.endsWith("/")
            ? this.target.substring(0, this.target.length() - 1)
            : this.target;
    boolean bare = target.isEmpty() || target.startsWith("?") || target.startsWith("#");
    String path =
        bare
            ? this.target + encoded(target)
            : own + (target.startsWith("/") ? "" : "/") + encoded(target);
    return new Url(origin, authority, path);
  }

  private Url with(List<Param> params) {
    var query = new StringBuilder(target);
    char separator = target.indexOf('?') < 0 ? '?' : '&';
    for (Param param : params) {
      query.append(separator);
      encode(param.name, UNRESERVED, query);
      query.append('=');
      encode(param.value, UNRESERVED, query);
      separator = '&';
    }
    return new Url(origin, authority, query.toString());
  }

  private static Origin origin(boolean secure, String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a host and port: " + url, e);
    }
    String host = uri.getHost();
    int port = uri.getPort() < 0 ? (secure ? 443 : 80) : uri.getPort();
    if (host == null || port == 0 || port > 65535) {
      throw new IllegalArgumentException("a URL needs a host and a port from 1 to 65535: " + url);
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Origin(secure, bare.toLowerCase(Locale.ROOT), port);
  }

  private static String encodedTarget(String raw) {
    String target = encoded(raw);
    return target.startsWith("/") ? target : "/" + target;
  }

  private static String encoded(String raw) {
    int fragment = raw.indexOf('#');
    var out = new StringBuilder(raw.length());
    encode(fragment < 0 ? raw : raw.substring(0, fragment), IN_TARGETS, out);
    return out.toString();
  }

  private static void encode(String raw, String marks, StringBuilder out) {
    boolean keepsEscapes = marks.equals(IN_TARGETS);
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || marks.indexOf(c) >= 0
              || (c == '%' && keepsEscapes && isEscape(raw, i));
      if (plain) {
        out.append((char) c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          HEX.toHexDigits(out.append('%'), b);
        }
      }
      i += Character.charCount(c);
    }
  }

  private static boolean isEscape(String raw, int at) {
    return at + 2 < raw.length()
        && HexFormat.isHexDigit(raw.charAt(at + 1))
        && HexFormat.isHexDigit(raw.charAt(at + 2));
  }

  private static int firstOf(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
