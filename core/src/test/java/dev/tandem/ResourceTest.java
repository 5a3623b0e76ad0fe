package dev.tandem;

import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class ResourceTest {

  private final List<String> log = new ArrayList<>();

  private String open(String name) throws InterruptedException {
    sleep(ofSeconds(1));
    log.add("open " + name);
    return name;
  }

  private void close(String name) throws InterruptedException {
    sleep(ofSeconds(1));
    log.add("close " + name);
  }

  @Test
  void tryStatement_several_closesInReverse() throws Exception {
    VirtualTime.run(
        root -> {
          try (var a = Resource.open(() -> open("a"), this::close);
              var b = Resource.open(() -> open("b"), this::close)) {
            log.add("use " + a.get() + b.get());
          }
        });
    assertEquals(List.of("open a", "open b", "use ab", "close b", "close a"), log);
  }

  @Test
  void close_afterAFailure_happensAndTheFailureGoesOn() throws Exception {
    var failure = new IOException("broken");
    VirtualTime.run(
        root -> {
          var thrown =
              assertThrows(
                  IOException.class,
                  () -> {
                    try (var _ = Resource.open(() -> open("a"), this::close)) {
                      throw failure;
                    }
                  });
          assertSame(failure, thrown);
        });
    assertEquals(List.of("open a", "close a"), log);
  }

  @Test
  void close_inACancelledScope_mayWait() throws Exception {
    VirtualTime.run(
        root -> {
          boolean inTime =
              moveOnAfter(
                  ofSeconds(3),
                  () -> {
                    try (var _ = Resource.open(() -> open("a"), this::close)) {
                      sleep(ofSeconds(60));
                    }
                  });
          assertFalse(inTime);
          assertEquals(ofSeconds(4), VirtualTime.elapsed());
        });
    assertEquals(List.of("open a", "close a"), log);
  }

  @Test
  void close_interruptedFromOutside_closesAndKeepsTheFlag() throws Exception {
    VirtualTime.run(
        root -> {
          var resource = Resource.open(() -> open("a"), this::close);
          Thread.currentThread().interrupt();
          resource.close();
          assertTrue(Thread.interrupted());
        });
    assertEquals(List.of("open a", "close a"), log);
  }

  @Test
  void close_thatFails_throwsThatAsItself() throws Exception {
    var failure = new IOException("no goodbye");
    ItemAction<String, IOException> failing =
        name -> {
          throw failure;
        };
    var resource = Resource.open(() -> "a", failing);
    assertSame(failure, assertThrows(IOException.class, resource::close));
  }

  @Test
  void close_twice_closesOnce() throws Exception {
    var resource = Resource.open(() -> "a", log::add);
    assertEquals("Resource[a]", resource.toString());
    resource.close();
    resource.close();
    assertEquals(List.of("a"), log);
    assertEquals("a", resource.get());
    assertEquals("Resource[a, closed]", resource.toString());
  }

  @Test
  void open_thatFails_closesNothing() {
    assertThrows(
        IOException.class,
        () ->
            Resource.open(
                () -> {
                  throw new IOException("closed on Sundays");
                },
                late -> log.add("closed")));
    assertEquals(List.of(), log);
  }

  @Test
  void group_thatOwnsOne_closesItAfterItsTasks() throws Exception {
    VirtualTime.run(
        root -> {
          TaskGroup.run(
              group -> {
                String owned = group.own(Resource.open(() -> open("a"), this::close)).get();
                group.start(
                    "user",
                    () -> {
                      sleep(ofSeconds(5));
                      log.add("use " + owned);
                    });
              });
        });
    assertEquals(List.of("open a", "use a", "close a"), log);
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_isRefusedByName() {
    assertNamed("opening", () -> Resource.<String, Exception>open(null, log::add));
    assertNamed("closing", () -> Resource.open(() -> "a", null));
    assertNamed("returned null", () -> Resource.<String, Exception>open(() -> null, log::add));
  }

  private static void assertNamed(String name, Executable call) {
    var refused = assertThrows(NullPointerException.class, call);
    assertTrue(refused.getMessage().contains(name), refused.getMessage());
  }
}
