package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

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

  /**
   * One for each node: as many of each kind as the shares say, rounded, at places and in ways that
   * follow from the seed. The ways take turns, so each is there if there are nodes enough.
   */
  static List<IseFault> choose(LabSettings settings) {
    int failing = (int) Math.round(settings.failureShare() * settings.count());
    int hanging = (int) Math.round(settings.hangShare() * settings.count());
    var random = new Random(settings.seed());
    int firstWay = random.nextInt(FAILING.size() * HANGING.size());
    var faults = new ArrayList<IseFault>(settings.count());
    for (int i = 0; i < settings.count(); i++) {
      if (i < failing) {
        faults.add(FAILING.get((firstWay + i) % FAILING.size()));
      } else if (i < failing + hanging) {
        faults.add(HANGING.get((firstWay + i) % HANGING.size()));
      } else {
        faults.add(NONE);
      }
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }
}
