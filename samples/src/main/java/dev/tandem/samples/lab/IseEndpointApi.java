package dev.tandem.samples.lab;

import dev.tandem.samples.lab.IseEndpoints.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints and their groups: listed in pages, filtered, read, created, changed and deleted. */
final class IseEndpointApi {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern MAC = Pattern.compile("([0-9A-F]{2}:){5}[0-9A-F]{2}");
  private static final String INVALID_RESOURCE = "Application resource validation exception";

  private final String url;
  private final String groupUrl;
  private final IseEndpoints endpoints;

  IseEndpointApi(String baseUrl, IseEndpoints endpoints) {
    this.url = baseUrl + "/ers/config/endpoint";
    this.groupUrl = url + "group";
    this.endpoints = endpoints;
  }

  IseReply groups(IseRequest request) {
    return request.method.equals("GET")
        ? IsePage.of(request, groupUrl, IseGroups.ALL, this::summary)
        : IseApi.methodNotAllowed(request, "GET");
  }

  IseReply collection(IseRequest request) {
    return switch (request.method) {
      case "GET" -> list(request);
      case "POST" -> create(request);
      default -> IseApi.methodNotAllowed(request, "GET, POST");
    };
  }

  IseReply one(IseRequest request, String id) {
    Optional<Endpoint> found = endpoints.find(id);
    return switch (request.method) {
      case "GET" -> found.map(e -> IseReply.json(200, detail(e))).orElseGet(() -> unknown(request));
      case "PUT" -> found.map(e -> update(request, e)).orElseGet(() -> unknown(request));
      case "DELETE" -> endpoints.delete(id) ? IseReply.empty(204, Map.of()) : unknown(request);
      default -> IseApi.methodNotAllowed(request, "GET, PUT, DELETE");
    };
  }

  private IseReply list(IseRequest request) {
    List<Endpoint> matching = endpoints.all();
    for (String filter : request.params("filter")) {
      String[] parts = filter.split("\\.", 3);
      if (parts.length != 3 || !isKnown(parts[0], parts[1])) {
        return IsePage.invalid(request, "filter must be like mac.EQ.value, but was " + filter);
      }
      matching = matching.stream().filter(e -> matches(field(e, parts[0]), parts)).toList();
    }
    return IsePage.of(request, url, matching, this::summary);
  }

  private static boolean isKnown(String field, String operator) {
    return List.of("mac", "name", "description", "groupId").contains(field)
        && List.of("EQ", "NEQ", "CONTAINS", "STARTSW", "ENDSW").contains(operator);
  }

  private static String field(Endpoint endpoint, String name) {
    return switch (name) {
      case "groupId" -> endpoint.groupId();
      case "description" -> endpoint.description();
      default -> endpoint.mac();
    };
  }

  private static boolean matches(String value, String[] filter) {
    String have = value.toUpperCase(Locale.ROOT);
    String wanted = filter[2].toUpperCase(Locale.ROOT);
    return switch (filter[1]) {
      case "EQ" -> have.equals(wanted);
      case "NEQ" -> !have.equals(wanted);
      case "CONTAINS" -> have.contains(wanted);
      case "STARTSW" -> have.startsWith(wanted);
      default -> have.endsWith(wanted);
    };
  }

  private IseReply create(IseRequest request) {
    JsonNode sent = sent(request);
    String mac = sent.path("mac").asString("").toUpperCase(Locale.ROOT);
    if (!MAC.matcher(mac).matches()) {
      return refused("POST-create-endpoint", "mac must be like 00:11:22:33:44:55");
    }
    return endpoints
        .create(
            mac,
            sent.path("description").asString(""),
            sent.path("groupId").asString(IseGroups.ALL.getFirst().id()),
            sent.path("staticGroupAssignment").asBoolean(false))
        .map(made -> IseReply.empty(201, Map.of("Location", url + "/" + made.id())))
        .orElseGet(
            () -> refused("POST-create-endpoint", "Endpoint with mac " + mac + " already exists"));
  }

  private IseReply update(IseRequest request, Endpoint old) {
    JsonNode sent = sent(request);
    if (!sent.isObject()) {
      return refused("PUT-update-endpoint", "the body must have an ERSEndPoint");
    }
    var updated =
        new Endpoint(
            old.id(),
            old.mac(),
            sent.path("description").asString(old.description()),
            sent.path("groupId").asString(old.groupId()),
            sent.path("staticGroupAssignment").asBoolean(old.staticGroup()));
    endpoints.replace(updated);
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode fields = root.putObject("UpdatedFieldsList").putArray("updatedField");
    changed(fields, "description", old.description(), updated.description());
    changed(fields, "groupId", old.groupId(), updated.groupId());
    changed(fields, "staticGroupAssignment", "" + old.staticGroup(), "" + updated.staticGroup());
    return IseReply.json(200, root);
  }

  private static void changed(ArrayNode fields, String name, String before, String after) {
    if (!before.equals(after)) {
      fields.addObject().put("field", name).put("oldValue", before).put("newValue", after);
    }
  }

  /** What is inside the envelope; a missing node when there is none. */
  private static JsonNode sent(IseRequest request) {
    try {
      return MAPPER.readTree(request.body).path("ERSEndPoint");
    } catch (JacksonException notJson) {
      return MAPPER.missingNode();
    }
  }

  private static IseReply refused(String operation, String title) {
    return IseReply.error(400, operation, title, INVALID_RESOURCE);
  }

  private static IseReply unknown(IseRequest request) {
    return IseReply.error(
        404,
        request.method + "-endpoint",
        "There is no endpoint at " + request.path,
        "Resource not found exception");
  }

  private ObjectNode summary(Endpoint endpoint) {
    return MAPPER
        .createObjectNode()
        .put("id", endpoint.id())
        .put("name", endpoint.mac())
        .put("description", endpoint.description())
        .set("link", IseApi.link("self", url + "/" + endpoint.id()));
  }

  private ObjectNode summary(IseGroups.Group group) {
    return MAPPER
        .createObjectNode()
        .put("id", group.id())
        .put("name", group.name())
        .put("description", group.description())
        .set("link", IseApi.link("self", groupUrl + "/" + group.id()));
  }

  private ObjectNode detail(Endpoint endpoint) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode node =
        root.putObject("ERSEndPoint")
            .put("id", endpoint.id())
            .put("name", endpoint.mac())
            .put("description", endpoint.description())
            .put("mac", endpoint.mac())
            .put("profileId", "")
            .put("staticProfileAssignment", false)
            .put("groupId", endpoint.groupId())
            .put("staticGroupAssignment", endpoint.staticGroup())
            .put("portalUser", "")
            .put("identityStore", "")
            .put("identityStoreId", "");
    node.putObject("customAttributes").putObject("customAttributes");
    node.set("link", IseApi.link("self", url + "/" + endpoint.id()));
    return root;
  }
}
