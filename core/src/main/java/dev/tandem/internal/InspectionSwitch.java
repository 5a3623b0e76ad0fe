package dev.tandem.internal;

/**
 * Whether what runs can be looked at: by observers, the flight recorder, and for times. It costs
 * next to nothing while nobody does; how little, a benchmark shows by leaving it out.
 */
final class InspectionSwitch {

  private static final String PROPERTY = "tandem.inspect";

  /** A constant, so that nothing is left of what depends on it. */
  static final boolean OFF = "off".equals(System.getProperty(PROPERTY));

  private InspectionSwitch() {}

  /** Refuses what would see nothing. */
  static void require() {
    if (OFF) {
      throw new IllegalStateException(
          "nothing can be seen in a process that was started with -D"
              + PROPERTY
              + "=off; start it without");
    }
  }
}
