package dev.tandem.inspect;

import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.sync.AsyncSemaphore;
import java.io.IOException;

/** A program that does something of everything. */
final class Sample {

  private Sample() {}

  static void run() throws InterruptedException {
    try {
      TaskGroup.run("main", Sample::body);
    } catch (TaskGroupException expected) {
      // One of its tasks fails.
    }
  }

  private static void body(TaskGroup group) {
    var permits = AsyncSemaphore.of(2);
    for (int i = 0; i < 4; i++) {
      int number = i;
      group.start(
          "check-" + i,
          () -> {
            try (var _ = permits.acquire()) {
              sleep(ofMillis(200 + 200L * number));
              if (number == 2) {
                throw new IOException("gone");
              }
            }
          });
    }
    group.startDaemon(
        "a-very-long-task-name",
        () -> {
          try {
            sleep(ofSeconds(60));
          } finally {
            shield(() -> sleep(ofMillis(400)));
          }
        });
  }
}
