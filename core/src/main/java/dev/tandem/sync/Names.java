package dev.tandem.sync;

/** What messages call a primitive, and numbers that are checked at the door. */
final class Names {

  private Names() {}

  /** The kind, with the name if it has one. */
  static String of(String kind, String name) {
    return name.isEmpty() ? kind : kind + " '" + name + "'";
  }

  static int atLeastOne(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but was " + value);
    }
    return value;
  }
}
