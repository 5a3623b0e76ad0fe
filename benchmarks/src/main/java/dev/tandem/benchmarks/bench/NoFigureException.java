package dev.tandem.benchmarks.bench;

/** A contender cannot be measured; the message is what the table says in place of its ratio. */
final class NoFigureException extends Exception {

  private static final long serialVersionUID = 1;

  NoFigureException(String why) {
    super(why);
  }

  /** What stands in the table. */
  String why() {
    return String.valueOf(getMessage());
  }
}
