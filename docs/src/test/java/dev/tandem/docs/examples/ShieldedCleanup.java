package dev.tandem.docs.examples;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import java.util.List;

/** Where the cleanup of a cancelled task stands. */
final class ShieldedCleanup {

  private ShieldedCleanup() {}

  static void work(List<String> log) throws InterruptedException {
    try {
      sleep(ofDays(1));
    } finally {
      shield(
          () -> {
            sleep(ofSeconds(1)); // says goodbye
            log.add("inside");
          });
      log.add("behind"); // a cancelled task does not come here
    }
  }
}
