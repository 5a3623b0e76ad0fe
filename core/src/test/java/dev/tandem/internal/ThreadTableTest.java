package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ThreadTableTest {

  private final ThreadTable<String> table = new ThreadTable<>(4, 2);

  @Test
  void own_nothingPutIn_isNull() {
    assertNull(table.own(7));
    assertNull(table.find(7));
  }

  @Test
  void put_again_returnsWhatWasThereAndReplacesIt() {
    assertNull(table.put(7, "first"));
    assertEquals("first", table.put(7, "second"));
    assertEquals("second", table.own(7));
    table.remove(7);
    assertNull(table.own(7));
    assertNull(table.put(7, "third"));
  }

  @Test
  void own_manyMoreThreadsThanPlaces_isAlwaysTheOwn() {
    for (int thread = 0; thread < 1_000; thread++) {
      table.put(thread, "of " + thread);
    }
    for (int thread = 0; thread < 1_000; thread++) {
      assertEquals("of " + thread, table.own(thread));
      assertEquals("of " + thread, table.find(thread));
    }
    for (int thread = 0; thread < 1_000; thread += 2) {
      table.remove(thread);
    }
    for (int thread = 0; thread < 1_000; thread++) {
      assertEquals(thread % 2 == 0 ? null : "of " + thread, table.own(thread));
    }
  }

  @Test
  void pages_allTakenOut_areNotKeptBeyondTheirPlaces() {
    for (int thread = 0; thread < 1_000; thread++) {
      table.put(thread, "of " + thread);
    }
    assertEquals(250, table.pages());
    for (int thread = 0; thread < 1_000; thread++) {
      table.remove(thread);
    }
    assertEquals(2, table.pages());
  }

  @Test
  void pages_oneThreadAfterTheOther_areNotKeptBeyondTheirPlaces() {
    for (int thread = 0; thread < 1_000; thread++) {
      table.put(thread, "of " + thread);
      table.remove(thread);
    }
    assertEquals(2, table.pages());
  }

  @Test
  void manyThreadsAtOnce_findTheirOwnAndLeaveNoPageBehind() throws Exception {
    TaskGroup.run(
        group -> {
          for (int i = 0; i < 4; i++) {
            int place = i;
            group.start(() -> comeAndGo(place));
          }
        });
    // One may have retired while it had its place.
    assertTrue(table.pages() <= 2, () -> table.pages() + " pages");
  }

  /** Plays one thread of four on each of eight pages, which fight for two places. */
  private void comeAndGo(int place) {
    var random = new SplittableRandom(place);
    for (int i = 0; i < 100_000; i++) {
      long thread = 4L * random.nextInt(8) + place;
      String own = place + " " + i;
      assertNull(table.put(thread, own));
      assertSame(own, table.own(thread));
      table.remove(thread);
      assertNull(table.own(thread));
    }
  }

  @Test
  void forSome_fewerThanThereAre_showsSoMany() {
    for (int thread = 0; thread < 100; thread++) {
      table.put(thread, "of " + thread);
    }
    List<String> some = new ArrayList<>();
    table.forSome(10, some::add);
    assertEquals(10, some.size());
    some.clear();
    table.forSome(1_000, some::add);
    assertEquals(100, some.stream().distinct().count());
  }

  @Test
  void remove_nothingPutIn_isRefused() {
    assertThrows(AssertionError.class, () -> table.remove(7));
  }
}
