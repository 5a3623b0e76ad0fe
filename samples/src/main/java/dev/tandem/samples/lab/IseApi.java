package dev.tandem.samples.lab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The External RESTful Services of one node: who may ask, and where a request goes. */
final class IseApi {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String ROOT = "/ers/config/";

  private final String name;
  private final String baseUrl;
  private final byte[] authorization;
  private final IseEndpointApi endpoints;

  IseApi(String name, String baseUrl, String username, String password, IseEndpoints endpoints) {
    this.name = name;
    this.baseUrl = baseUrl;
    String pair = username + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    this.authorization = ("Basic " + encoded).getBytes(StandardCharsets.UTF_8);
    this.endpoints = new IseEndpointApi(baseUrl, endpoints);
  }

  IseReply answer(IseRequest request) {
    byte[] given = request.header("Authorization").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, authorization)) {
      return IseReply.unauthorized();
    }
    if (!request.isJson("Accept")) {
      return unsupportedMedia(request, "Accept");
    }
    boolean writes = request.method.equals("POST") || request.method.equals("PUT");
    if (writes && !request.isJson("Content-Type")) {
      return unsupportedMedia(request, "Content-Type");
    }
    if (!request.path.startsWith(ROOT)) {
      return notFound(request);
    }
    String resource = request.path.substring(ROOT.length());
    return switch (resource) {
      case "deploymentinfo/getAllInfo" -> onlyGet(request, deployment());
      case "endpoint/versioninfo" -> onlyGet(request, version("endpoint"));
      case "endpointgroup/versioninfo" -> onlyGet(request, version("endpointgroup"));
      case "endpointgroup" -> endpoints.groups(request);
      case "endpoint" -> endpoints.collection(request);
      default ->
          resource.startsWith("endpoint/")
              ? endpoints.one(request, resource.substring("endpoint/".length()))
              : notFound(request);
    };
  }

  /** What a node that is broken inside says to everything. */
  IseReply internalError(IseRequest request) {
    return IseReply.error(
        500,
        request.method + " " + request.path,
        "Internal server error on " + name,
        "CRUD operation exception");
  }

  static IseReply methodNotAllowed(IseRequest request, String allowed) {
    return IseReply.error(
        405,
        request.method + " " + request.path,
        "The method is not supported for this resource; allowed: " + allowed,
        "Unsupported method exception");
  }

  private static IseReply onlyGet(IseRequest request, ObjectNode tree) {
    return request.method.equals("GET")
        ? IseReply.json(200, tree)
        : methodNotAllowed(request, "GET");
  }

  private static IseReply unsupportedMedia(IseRequest request, String header) {
    return IseReply.error(
        415,
        request.method + " " + request.path,
        "The media type of " + header + " is not supported; use application/json",
        "Unsupported media type exception");
  }

  private static IseReply notFound(IseRequest request) {
    return IseReply.error(
        404,
        request.method + " " + request.path,
        "There is no resource at " + request.path,
        "Resource not found exception");
  }

  private ObjectNode version(String resource) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("VersionInfo")
        .put("currentServerVersion", "1.2")
        .put("supportedVersions", "1.0,1.1,1.2")
        .set("link", link("self", baseUrl + ROOT + resource + "/versioninfo"));
    return root;
  }

  private ObjectNode deployment() {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode info = root.putObject("ERSDeploymentInfo");
    ObjectNode access = info.putObject("networkAccessInfo").put("deploymentID", name);
    access.put("isCsnEnabled", false).putObject("nodeList").putArray("nodeAndScope");
    access.putArray("sdaVNs");
    access.put("trustSecControl", "DISABLED");
    info.putObject("profilerInfo").put("name", name).put("value", IseEndpoints.INITIAL);
    ObjectNode deployment = info.putObject("deploymentInfo").put("deploymentID", name);
    deployment
        .putArray("versionHistoryInfo")
        .addObject()
        .put("opType", "Install")
        .put("mainVersion", "3.1.0.518")
        .put("epochTime", 1633);
    deployment
        .putObject("nodeList")
        .putArray("nodeAndNodeCountAndCountInfo")
        .addObject()
        .put("name", name)
        .put("value", 1);
    deployment.put("fipsstatus", "disabled");
    info.putObject("nadInfo").putObject("nadcountInfo").put("totalActiveNADCount", 12);
    info.putObject("mdmInfo");
    info.putObject("licensesInfo");
    info.putObject("postureInfo").putArray("content");
    info.putObject("kongInfo");
    return root;
  }

  /** A link as ERS writes it. */
  static ObjectNode link(String rel, String href) {
    return MAPPER
        .createObjectNode()
        .setAll(
            Map.of(
                "rel", MAPPER.getNodeFactory().stringNode(rel),
                "href", MAPPER.getNodeFactory().stringNode(href),
                "type", MAPPER.getNodeFactory().stringNode("application/json")));
  }
}
