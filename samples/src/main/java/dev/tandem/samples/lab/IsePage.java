package dev.tandem.samples.lab;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list: pages count from 1, have 20 entries unless asked for more, and at most 100.
 */
final class IsePage {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int USUAL_SIZE = 20;
  private static final int MAX_SIZE = 100;

  private IsePage() {}

  static <T> IseReply of(
      IseRequest request, String url, List<T> all, Function<T, ObjectNode> summary) {
    int size = number(request, "size", USUAL_SIZE);
    int page = number(request, "page", 1);
    if (size < 1 || size > MAX_SIZE) {
      return invalid(request, "size must be from 1 to " + MAX_SIZE);
    }
    if (page < 1) {
      return invalid(request, "page must be at least 1");
    }
    int from = (int) Math.min(all.size(), (page - 1L) * size);
    int to = Math.min(all.size(), from + size);
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode result = root.putObject("SearchResult").put("total", all.size());
    ArrayNode resources = result.putArray("resources");
    all.subList(from, to).forEach(entry -> resources.add(summary.apply(entry)));
    if (to < all.size()) {
      result.set("nextPage", IseApi.link("next", href(request, url, size, page + 1)));
    }
    if (page > 1) {
      result.set("previousPage", IseApi.link("previous", href(request, url, size, page - 1)));
    }
    return IseReply.json(200, root);
  }

  static IseReply invalid(IseRequest request, String why) {
    return IseReply.error(
        400, request.method + " " + request.path, why, "Query validation exception");
  }

  /** A parameter's number; 0, which is never allowed, when it is not one. */
  private static int number(IseRequest request, String name, int usual) {
    String value = request.param(name).orElse(Integer.toString(usual));
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }

  private static String href(IseRequest request, String url, int size, int page) {
    var href = new StringBuilder(url).append("?size=").append(size).append("&page=").append(page);
    for (String filter : request.params("filter")) {
      href.append("&filter=").append(URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }
    return href.toString();
  }
}
