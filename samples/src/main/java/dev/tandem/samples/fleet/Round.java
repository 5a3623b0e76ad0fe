package dev.tandem.samples.fleet;

import java.util.List;

/**
 * All targets once.
 *
 * @param name {@code sequential} or {@code concurrent}
 * @param seconds how long it took
 * @param results one for each target, in input order
 */
record Round(String name, double seconds, List<HostResult> results) {

  long count(Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }

  boolean isComplete() {
    return count(Status.CANCELLED) == 0;
  }
}
