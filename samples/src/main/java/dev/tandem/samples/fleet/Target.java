package dev.tandem.samples.fleet;

import java.util.function.Predicate;

/**
 * One thing to do: ask one host by one transport.
 *
 * @param host its name in reports, and of the file that keeps its configuration
 * @param transport how it is reached
 * @param visit what is done there
 */
record Target(String host, Transport transport, Visit visit) {

  static Predicate<Target> by(Transport transport) {
    return target -> target.transport == transport;
  }

  /** Asks the host and returns what it said. Blocks; is cancelled like everything else. */
  @FunctionalInterface
  interface Visit {
    byte[] ask() throws Exception;
  }
}
