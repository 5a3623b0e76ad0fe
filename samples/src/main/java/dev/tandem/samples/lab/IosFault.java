package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The one way in which a device goes wrong. */
enum IosFault {
  /** It is a device as it should be. */
  NONE,

  /** It takes no password and no key. */
  LOGIN_REFUSED,
  /** It hangs up in the middle of the key exchange. */
  KEY_EXCHANGE_CUT,
  /** It resets the connection in the middle of what it shows. */
  RESET,
  /** It lets the user in, and then shows nothing: {@code % Authorization failed}. */
  NOT_AUTHORIZED,
  /** It opens channels, but neither a shell nor a command in them. */
  CHANNEL_REFUSED,

  /** It accepts the connection and never says who it is. */
  SILENT_ON_CONNECT,
  /** It never answers a login. */
  SILENT_ON_LOGIN,
  /** It never gets past {@code Building configuration...}. */
  SILENT_ON_SHOW;

  private static final List<IosFault> FAILING =
      List.of(LOGIN_REFUSED, KEY_EXCHANGE_CUT, RESET, NOT_AUTHORIZED, CHANNEL_REFUSED);
  private static final List<IosFault> HANGING =
      List.of(SILENT_ON_CONNECT, SILENT_ON_LOGIN, SILENT_ON_SHOW);

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
    int faulty =
        Math.min(
            settings.count(),
            failing + (int) Math.round(settings.hangShare() * settings.count()));
    var random = new Random(settings.seed());
    int firstWay = random.nextInt(FAILING.size() * HANGING.size());
    var faults = new ArrayList<IosFault>(settings.count());
    for (int i = 0; i < settings.count(); i++) {
      List<IosFault> ways = i < failing ? FAILING : HANGING;
      faults.add(i < faulty ? ways.get((firstWay + i) % ways.size()) : NONE);
    }
    Collections.shuffle(faults, random);
    return List.copyOf(faults);
  }
}
