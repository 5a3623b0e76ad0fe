package dev.tandem;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/** Exceptions that have been to another process answer the same questions as before. */
final class SerializationTest {

  @Test
  void taskGroupException_knowsItsFailures() throws Exception {
    GroupAction<RuntimeException> body =
        group -> {
          group.start(
              "first",
              () -> {
                throw new IOException("gone");
              });
          group.start(
              "second",
              () -> {
                throw new IOException("gone too");
              });
        };
    var thrown = assertThrows(TaskGroupException.class, () -> TaskGroup.collect(body));
    TaskGroupException copy = copyOf(TaskGroupException.class, thrown);
    assertEquals(2, copy.failureCount());
    assertEquals(
        thrown.failures().stream().map(TaskFailedException::path).toList(),
        copy.failures().stream().map(TaskFailedException::path).toList());
    assertInstanceOf(IOException.class, copy.failures().getFirst().failure());
  }

  @Test
  void cancelledException_knowsItsCancellation() throws Exception {
    VirtualTime.run(
        (TaskGroup root) -> {
          var thrown =
              assertThrows(
                  DeadlineExceededException.class,
                  () -> Tandem.timeout("banner", ofSeconds(1), () -> sleep(ofSeconds(2))));
          var cause = assertInstanceOf(CancelledException.class, thrown.getCause());
          CancelledException copy = copyOf(CancelledException.class, cause);
          assertEquals(cause.cancellation(), copy.cancellation());
        });
  }

  @Test
  void taskCancelledException_knowsItsCancellation() throws Exception {
    VirtualTime.run(
        (TaskGroup group) -> {
          var task = group.start(() -> sleep(ofSeconds(2)));
          task.cancel("enough");
          var thrown = assertThrows(TaskCancelledException.class, task::await);
          TaskCancelledException copy = copyOf(TaskCancelledException.class, thrown);
          assertEquals(thrown.cancellation(), copy.cancellation());
        });
  }

  private static <T> T copyOf(Class<T> type, T original) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return type.cast(in.readObject());
    }
  }
}
