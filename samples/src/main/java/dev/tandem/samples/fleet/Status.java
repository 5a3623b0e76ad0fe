package dev.tandem.samples.fleet;

/** How it went with one target. */
enum Status {
  OK("ok"),
  FAILED("failed"),
  TIMED_OUT("timedOut"),
  CANCELLED("cancelled");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  /** As reports spell it. */
  String word() {
    return word;
  }
}
