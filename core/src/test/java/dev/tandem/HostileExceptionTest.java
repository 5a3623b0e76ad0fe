package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exceptions that fail when they are asked for their message. */
final class HostileExceptionTest {

  private static final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message for you");
    }
  }

  @Test
  void run_bodyThrowsIt_theChildrenEndBeforeTheGroup() {
    var hostile = new Hostile();
    var child = new AtomicReference<@Nullable Task<?>>();
    GroupAction<RuntimeException> body =
        group -> {
          child.set(group.start(() -> sleep(ofSeconds(5))));
          throw hostile;
        };
    assertSame(hostile, assertThrows(RuntimeException.class, () -> TaskGroup.run(body)));
    Task<?> started = child.get();
    assertEquals(TaskState.CANCELLED, started == null ? null : started.state());
  }

  @Test
  void run_childThrowsIt_theGroupFailsAndTheHandleCompletes() {
    var hostile = new Hostile();
    var child = new AtomicReference<@Nullable Task<?>>();
    GroupAction<RuntimeException> body =
        group ->
            child.set(
                group.start(
                    () -> {
                      throw hostile;
                    }));
    var failure = assertThrows(TaskGroupException.class, () -> TaskGroup.run(body));
    assertSame(hostile, failure.getCause());
    Task<?> started = child.get();
    assertTrue(started != null && started.outcome().isPresent());
  }

  @Test
  void gather_anItemThrowsIt_itIsThrownAsItself() {
    var hostile = new Hostile();
    assertSame(
        hostile,
        assertThrows(
            RuntimeException.class,
            () ->
                Tandem.<Integer, Integer, RuntimeException>gather(
                    List.of(1),
                    item -> {
                      throw hostile;
                    })));
  }
}
