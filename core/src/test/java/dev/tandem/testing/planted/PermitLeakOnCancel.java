package dev.tandem.testing.planted;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import org.jspecify.annotations.Nullable;

/** Between the permit and the try that gives it back there is a wait, which can be cancelled. */
final class PermitLeakOnCancel extends Planted<PermitLeakOnCancel.Service> {

  PermitLeakOnCancel() {
    super(
        "permit leak on cancel",
        () -> PermitLeakOnCancel::wrongly,
        () -> PermitLeakOnCancel::rightly);
  }

  interface Service {
    void serve(AsyncSemaphore slots) throws InterruptedException;
  }

  private static void wrongly(AsyncSemaphore slots) throws InterruptedException {
    Permit slot = slots.acquire();
    greet();
    try {
      work();
    } finally {
      slot.close();
    }
  }

  private static void rightly(AsyncSemaphore slots) throws InterruptedException {
    try (var _ = slots.acquire()) {
      greet();
      work();
    }
  }

  private static void greet() throws InterruptedException {
    sleep(ofSeconds(1));
  }

  private static void work() throws InterruptedException {
    sleep(ofSeconds(1));
  }

  @Override
  void program(TaskGroup around, Service service) throws InterruptedException {
    var slots = AsyncSemaphore.of(1);
    TaskGroup.run(
        (TaskGroup group) -> {
          Task<@Nullable Void> served = group.start("served", () -> service.serve(slots));
          group.start("leaves", () -> leave(served));
        });
    assertEquals(1, slots.statistics().available());
  }

  private static void leave(Task<?> served) throws InterruptedException {
    sleep(ofSeconds(1));
    served.cancel("the client has left");
  }
}
