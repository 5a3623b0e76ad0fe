package dev.tandem.inspect;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.internal.RealRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Contextual;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording holds of tasks. */
final class FlightTest {

  @TempDir private Path folder;

  @FunctionalInterface
  private interface Program {
    void run() throws Exception;
  }

  @Test
  void taskEvent_coversTheSocketReadsOfItsThread() throws Exception {
    List<RecordedEvent> events =
        recorded(
            () -> {
              try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Tandem.run(
                    (TaskGroup group) -> {
                      group.start(
                          "server",
                          () -> {
                            try (Socket peer = server.accept()) {
                              sleep(ofMillis(20));
                              peer.getOutputStream().write(7);
                            }
                          });
                      group.start(
                          "client",
                          () -> {
                            var address = server.getInetAddress();
                            try (var socket = new Socket(address, server.getLocalPort())) {
                              assertEquals(7, socket.getInputStream().read());
                            }
                          });
                    });
              }
            });
    RecordedEvent read = named(events, "jdk.SocketRead").getFirst();
    List<String> tasks =
        named(events, "tandem.Task").stream()
            .filter(task -> covers(task, read))
            .map(task -> task.getString("path"))
            .toList();
    assertEquals(List.of("main/client"), tasks);
  }

  @Test
  void taskEvent_hasItsPathAsContext() throws Exception {
    List<RecordedEvent> events = recorded(() -> group(() -> {}));
    var path = named(events, "tandem.Task").getFirst().getEventType().getField("path");
    assertTrue(path.getAnnotation(Contextual.class) != null);
    assertEquals(
        List.of("Tandem"),
        named(events, "tandem.Task").getFirst().getEventType().getCategoryNames());
  }

  @Test
  void taskEvent_tellsHowTheTaskEnded() throws Exception {
    List<RecordedEvent> events =
        recorded(
            () ->
                assertThrows(
                    TaskGroupException.class,
                    () ->
                        TaskGroup.run(
                            "work",
                            (TaskGroup group) -> {
                              var started = new CountDownLatch(1);
                              group.start("good", () -> {}).await();
                              group.start(
                                  "cut",
                                  () -> {
                                    started.countDown();
                                    sleep(ofSeconds(60));
                                  });
                              started.await();
                              group.start(
                                  "bad",
                                  () -> {
                                    throw new IOException("gone");
                                  });
                            })));
    assertEquals("succeeded", task(events, "work/good").getString("outcome"));
    assertEquals("cancelled", task(events, "work/cut").getString("outcome"));
    assertEquals("failed", task(events, "work/bad").getString("outcome"));
    assertEquals("java.io.IOException", task(events, "work/bad").getString("failure"));
    assertEquals("work", task(events, "work/bad").getString("parent"));
    assertNull(task(events, "work/good").getString("failure"));
    RecordedEvent group = named(events, "tandem.Group").getFirst();
    assertEquals("work", group.getString("path"));
    assertTrue(group.getString("cancelled").contains("work/bad failed"));
  }

  @Test
  void items_ofAGather_areTasks() throws Exception {
    List<RecordedEvent> events = recorded(() -> gather(List.of(1, 2, 3), item -> item));
    assertEquals(
        List.of("item#0", "item#1", "item#2"),
        named(events, "tandem.Task").stream()
            .map(event -> event.getString("path"))
            .sorted()
            .toList());
  }

  @Test
  void waitEvent_tellsOfWaitsThatTakeLong() throws Exception {
    List<RecordedEvent> events =
        recorded(
            () ->
                group(
                    () -> {
                      sleep(ofMillis(1));
                      sleep(ofMillis(40));
                    }));
    List<RecordedEvent> sleeps =
        named(events, "tandem.Wait").stream()
            .filter(event -> event.getString("kind").equals("sleep"))
            .toList();
    assertEquals(1, sleeps.size(), sleeps.toString());
    assertEquals("timed out", sleeps.getFirst().getString("end"));
    assertEquals("task", sleeps.getFirst().getString("path"));
    assertTrue(sleeps.getFirst().getDuration().compareTo(ofMillis(35)) > 0);
  }

  @Test
  void cancelEvent_tellsWhoAskedForIt() throws Exception {
    List<RecordedEvent> events =
        recorded(
            () ->
                TaskGroup.run(
                    "work",
                    (TaskGroup group) -> {
                      Task<?> victim = group.start("victim", () -> sleep(ofSeconds(60)));
                      group.start("judge", () -> victim.cancel("slow"));
                    }));
    RecordedEvent cancel = named(events, "tandem.Cancel").getFirst();
    assertEquals("work/victim", cancel.getString("scope"));
    assertEquals("slow", cancel.getString("reason"));
    assertEquals("work/judge", cancel.getString("requester"));
  }

  @Test
  void recording_thatIsOver_leavesNothingOn() throws Exception {
    assertFalse(recorded(() -> group(() -> {})).isEmpty());
    assertNull(RealRuntime.INSTANCE.observer());
  }

  private static void group(Program body) throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.start(
              "task",
              () -> {
                body.run();
              });
        });
  }

  private List<RecordedEvent> recorded(Program program) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (var recording = new Recording()) {
      recording.enable("jdk.SocketRead").withThreshold(ZERO);
      recording.start();
      program.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  private static RecordedEvent task(List<RecordedEvent> events, String path) {
    return named(events, "tandem.Task").stream()
        .filter(event -> event.getString("path").equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** True when {@code event} happened in the thread of {@code task} while that ran. */
  private static boolean covers(RecordedEvent task, RecordedEvent event) {
    Instant start = event.getStartTime();
    return task.getThread().getJavaThreadId() == event.getThread().getJavaThreadId()
        && !start.isBefore(task.getStartTime())
        && !event.getEndTime().isAfter(task.getEndTime());
  }
}
