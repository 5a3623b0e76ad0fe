package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The first column of a known_hosts line: plain names, patterns, or one hashed name. */
final class HostNames {

  private static final String HASHED = "|1|";

  private final List<String> plain;
  private final List<Pattern> accepted;
  private final List<Pattern> refused;
  private final byte[] salt;
  private final byte[] hash;

  private HostNames(
      List<String> plain, List<Pattern> accepted, List<Pattern> refused, byte[] salt, byte[] hash) {
    this.plain = plain;
    this.accepted = accepted;
    this.refused = refused;
    this.salt = salt;
    this.hash = hash;
  }

  /** Empty when it is a hash that cannot be read. */
  static Optional<HostNames> parse(String column) {
    if (column.startsWith(HASHED)) {
      return parseHash(column.substring(HASHED.length()));
    }
    List<String> names = List.of(column.toLowerCase(Locale.ROOT).split(",", -1));
    if (names.stream().noneMatch(HostNames::isPattern)) {
      return Optional.of(new HostNames(names, List.of(), List.of(), new byte[0], new byte[0]));
    }
    var accepted = new ArrayList<Pattern>();
    var refused = new ArrayList<Pattern>();
    for (String name : names) {
      if (name.startsWith("!")) {
        refused.add(compile(name.substring(1)));
      } else {
        accepted.add(compile(name));
      }
    }
    return Optional.of(new HostNames(List.of(), accepted, refused, new byte[0], new byte[0]));
  }

  /** True when these are names without patterns or hashes. */
  boolean isPlain() {
    return !plain.isEmpty();
  }

  List<String> plain() {
    return plain;
  }

  /** Does the name, in lower case, belong to the line? */
  boolean matches(String name) {
    if (hash.length > 0) {
      return MessageDigest.isEqual(hash, digest(salt, name));
    }
    return accepted.stream().anyMatch(pattern -> pattern.matcher(name).matches())
        && refused.stream().noneMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Optional<HostNames> parseHash(String saltAndHash) {
    int bar = saltAndHash.indexOf('|');
    if (bar <= 0) {
      return Optional.empty();
    }
    try {
      byte[] salt = Base64.getDecoder().decode(saltAndHash.substring(0, bar));
      byte[] hash = Base64.getDecoder().decode(saltAndHash.substring(bar + 1));
      return salt.length == 0 || hash.length == 0
          ? Optional.empty()
          : Optional.of(new HostNames(List.of(), List.of(), List.of(), salt, hash));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static byte[] digest(byte[] salt, String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(name.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA1", e);
    }
  }

  private static boolean isPattern(String name) {
    return name.startsWith("!") || name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  private static Pattern compile(String glob) {
    var regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString());
  }
}
