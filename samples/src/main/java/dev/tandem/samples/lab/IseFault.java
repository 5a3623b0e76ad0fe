package dev.tandem.samples.lab;

import java.util.List;

/** The one way in which a node goes wrong. */
enum IseFault {
  /** It is a node as it should be. */
  NONE,

  /** It answers with 500 and an ERSResponse. */
  INTERNAL_ERROR,
  /** It answers with 503, as the gateway does while the application starts. */
  UNAVAILABLE,
  /** It resets the connection in the middle of the response. */
  RESET,
  /** It closes the connection before the end of the body. */
  TRUNCATED,
  /** It takes no credentials. */
  UNAUTHORIZED,

  /** It accepts connections and never shakes hands. */
  SILENT_BEFORE_TLS,
  /** It reads requests and never answers. */
  SILENT_AFTER_REQUEST,
  /** It stops in the middle of the body. */
  STALLED_IN_BODY;

  private static final List<IseFault> FAILING =
      List.of(INTERNAL_ERROR, UNAVAILABLE, RESET, TRUNCATED, UNAUTHORIZED);
  private static final List<IseFault> HANGING =
      List.of(SILENT_BEFORE_TLS, SILENT_AFTER_REQUEST, STALLED_IN_BODY);

  /** True when a client learns of it only by its own patience. */
  boolean isHang() {
    return HANGING.contains(this);
  }

  /** One for each node. */
  static List<IseFault> choose(LabSettings settings) {
    return FaultPlan.choose(settings, NONE, FAILING, HANGING);
  }
}
