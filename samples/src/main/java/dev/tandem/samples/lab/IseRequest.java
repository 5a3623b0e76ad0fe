package dev.tandem.samples.lab;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as a node sees it, with its body read. */
final class IseRequest {

  final String method;
  final String path;
  final byte[] body;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, List<String>> query = new TreeMap<>();

  /** Headers of the same name are one by the time they come here. */
  IseRequest(String method, String target, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.body = body;
    this.headers.putAll(headers);
    int mark = target.indexOf('?');
    path = mark < 0 ? target : target.substring(0, mark);
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
      }
    }
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** True when a header names JSON among the media types it lists. */
  boolean isJson(String header) {
    return header(header).toLowerCase(Locale.ROOT).contains("application/json");
  }

  Optional<String> param(String name) {
    return params(name).stream().findFirst();
  }

  List<String> params(String name) {
    return query.getOrDefault(name, List.of());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
