package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourcesTest {

  @Test
  void close_interruptedFromOutsideBefore_everyResourceIsClosedInPeace() throws Exception {
    List<Integer> closed = new ArrayList<>();
    VirtualTime.run(
        (TaskGroup root) -> {
          TaskGroup.run(
              (TaskGroup group) -> {
                for (int i = 0; i < 2; i++) {
                  int number = i;
                  AutoCloseable resource =
                      () -> {
                        sleep(ofMillis(1));
                        closed.add(number);
                      };
                  group.own(resource);
                }
                Thread.currentThread().interrupt();
              });
          assertTrue(Thread.interrupted());
          assertEquals(ofMillis(2), VirtualTime.elapsed());
        });
    assertEquals(List.of(1, 0), closed);
  }

  @Test
  void close_isItselfInterrupted_thatIsAFailureOfTheGroup() throws Exception {
    var cut = new InterruptedException("cut short");
    List<Integer> closed = new ArrayList<>();
    GroupAction<RuntimeException> body =
        group -> {
          AutoCloseable peaceful =
              () -> {
                sleep(ofMillis(1));
                closed.add(0);
              };
          AutoCloseable interrupted =
              () -> {
                throw cut;
              };
          group.own(peaceful);
          group.own(interrupted);
        };
    VirtualTime.run(
        (TaskGroup root) -> {
          var failure = assertThrows(TaskGroupException.class, () -> TaskGroup.run(body));
          assertSame(cut, failure.getCause());
          assertEquals(List.of(0), closed);
          assertTrue(Thread.interrupted());
          assertEquals(ofMillis(1), VirtualTime.elapsed());
        });
  }

  @Test
  void add_afterTheClose_isRefused() {
    var resources = new Resources();
    assertTrue(resources.add(() -> {}));
    resources.close(new Failures(), "test");
    assertFalse(resources.add(() -> {}));
  }
}
