package dev.tandem.flow;

/** Arguments at the door. */
final class Checks {

  private Checks() {}

  static int atLeastOne(int number, String name) {
    if (number < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but was " + number);
    }
    return number;
  }

  static int notNegative(int number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but was " + number);
    }
    return number;
  }
}
