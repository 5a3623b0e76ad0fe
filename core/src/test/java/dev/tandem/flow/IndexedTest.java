package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class IndexedTest {

  @Test
  void over_anyIterable_countsFromZeroOrFromElsewhere() {
    List<String> fruits = List.of("apple", "banana");
    assertEquals(
        List.of(new Indexed<>(0, "apple"), new Indexed<>(1, "banana")), all(Indexed.over(fruits)));
    assertEquals(
        List.of(new Indexed<>(-1, "apple"), new Indexed<>(0, "banana")),
        all(Indexed.over(fruits, -1)));
    assertEquals(List.of(), all(Indexed.over(List.of())));
  }

  @Test
  void over_usedTwice_countsAnew() {
    Iterable<Indexed<String>> numbered = Indexed.over(List.of("a"));
    assertEquals(all(numbered), all(numbered));
  }

  @Test
  void over_anAsyncIterator_worksInItsLoop() {
    try (var letters = AsyncIterator.of("a", "b")) {
      assertEquals(
          List.of(new Indexed<>(1, "a"), new Indexed<>(2, "b")), all(Indexed.over(letters, 1)));
    }
  }

  @Test
  void next_afterTheLast_throws() {
    var iterator = Indexed.over(List.of()).iterator();
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  private static <T> List<T> all(Iterable<T> items) {
    var all = new ArrayList<T>();
    items.forEach(all::add);
    return all;
  }
}
