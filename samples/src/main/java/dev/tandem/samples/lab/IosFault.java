package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The one way in which a device goes wrong. */
enum IosFault {
  /** It is a device as it should be. */
  NONE,

  /** It takes no credentials. */
  LOGIN_REFUSED,
  /** It closes the connection in the middle of the key exchange. */
  CUT_IN_KEY_EXCHANGE,
  /** It closes the connection in the middle of its configuration. */
  CUT_IN_CONFIGURATION,
  /** It lets users in, but not at its configuration. */
  NOT_AUTHORIZED,
  /** It runs no commands outside of a shell. */
  EXEC_REFUSED,

  /** It accepts connections and never says who it is. */
  SILENT,
  /** It never answers a login. */
  LOGIN_HANGS,
  /** It never goes on after "Building configuration...". */
  CONFIGURATION_HANGS;

  private static final List<IosFault> FAILING =
      List.of(
          LOGIN_REFUSED, CUT_IN_KEY_EXCHANGE, CUT_IN_CONFIGURATION, NOT_AUTHORIZED, EXEC_REFUSED);
  private static final List<IosFault> HANGING =
      List.of(SILENT, LOGIN_HANGS, CONFIGURATION_HANGS);

  /** True when a client learns of it only by its own patience. */
  boolean isHang() {
    return HANGING.contains(this);
  }

  /**
   * One for each device: as many of each kind as the shares say, rounded, at places and in ways
   * that follow from the seed. The ways take turns, so each is there if there are devices enough.
   */
  static List<IosFault> choose(LabSettings settings) {
    int failing = (int) Math.round(settings.failureShare() * settings.count());
    int hanging = (int) Math.round(settings.hangShare() * settings.count());
    var random = new Random(settings.seed());
    int firstWay = random.nextInt(FAILING.size() * HANGING.size());
    var faults = new ArrayList<IosFault>(settings.count());
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
