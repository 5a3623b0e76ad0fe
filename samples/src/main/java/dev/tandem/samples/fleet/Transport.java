package dev.tandem.samples.fleet;

import java.util.Locale;

/** How a target is reached. */
enum Transport {
  HTTP,
  SSH;

  /** As options and reports spell it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
