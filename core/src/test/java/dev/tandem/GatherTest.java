package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GatherTest {

  @Test
  void run_manySleepers_takesTheTimeOfOne() throws Exception {
    VirtualTime.run(
        group -> {
          var items = IntStream.range(0, 50).boxed().toList();
          List<Integer> results =
              gather(
                  items,
                  i -> {
                    sleep(Duration.ofSeconds(2));
                    return i * 2;
                  });
          assertEquals(IntStream.range(0, 50).map(i -> i * 2).boxed().toList(), results);
          assertEquals(Duration.ofSeconds(2), VirtualTime.elapsed());
        });
  }

  @Test
  void run_oneFails_throwsItAsItself() {
    var error =
        assertThrows(
            IOException.class,
            () ->
                gather(
                    List.of(1, 2, 3),
                    i -> {
                      if (i == 2) {
                        throw new IOException("no " + i);
                      }
                      sleep(Duration.ofSeconds(20));
                      return i;
                    }));
    assertEquals("no 2", error.getMessage());
  }

  @Test
  void timeout_expires() {
    var e =
        assertThrows(
            DeadlineExceededException.class,
            () -> timeout(Duration.ofMillis(20), () -> sleep(Duration.ofSeconds(20))));
    assertEquals("timeout exceeded its deadline of 20 ms", e.getMessage());
  }
}
