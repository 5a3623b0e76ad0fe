package dev.tandem.samples.fleet;

import java.util.function.Predicate;

/** What options choose between. */
final class Choices {

  private Choices() {}

  /** Which transports are used. */
  enum Which {
    http,
    ssh,
    both;

    boolean includes(Transport transport) {
      return this == both || name().equals(transport.word());
    }

    Predicate<Target> targets() {
      return target -> includes(target.transport());
    }
  }

  /** Which rounds are run. */
  enum Mode {
    sequential,
    concurrent,
    both
  }
}
