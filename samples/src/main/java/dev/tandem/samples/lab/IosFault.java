package dev.tandem.samples.lab;

import java.util.List;

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

  /** One for each device. */
  static List<IosFault> choose(LabSettings settings) {
    return FaultPlan.choose(settings, NONE, FAILING, HANGING);
  }
}
