package dev.tandem.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

  private final Exchange<Integer> exchange = new Exchange<>(1, new Ring<>(1));
  private final Line<Integer> line = new Line<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyOrderOfComingAndGoing_isThatOfAList(long seed) {
    var random = new Random(seed);
    List<Place<Integer>> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(expected.size() < 6 ? 3 : 2)) {
        case 0 -> {
          Place<Integer> first = expected.isEmpty() ? null : expected.removeFirst();
          assertSame(first, line.callFirst());
          assertGone(first);
        }
        case 1 -> {
          if (!expected.isEmpty()) {
            Place<Integer> any = expected.remove(random.nextInt(expected.size()));
            line.leave(any);
            assertGone(any);
          }
        }
        default -> expected.add(joined());
      }
      assertEquals(expected.size(), line.length());
    }
    while (!expected.isEmpty()) {
      assertSame(expected.removeFirst(), line.callFirst());
    }
    assertNull(line.callFirst());
  }

  @Test
  void leave_whoWasCalled_changesNothing() {
    Place<Integer> called = joined();
    Place<Integer> waiting = joined();
    line.callFirst();

    line.leave(called);

    assertEquals(1, line.length());
    assertSame(waiting, line.callFirst());
  }

  @Test
  void join_again_isTheLast() {
    Place<Integer> place = joined();
    Place<Integer> other = joined();
    line.leave(place);
    line.join(place);

    assertSame(other, line.callFirst());
    assertSame(place, line.callFirst());
  }

  /** Nothing that was left behind may keep others in memory. */
  private static void assertGone(Place<Integer> place) {
    if (place != null) {
      assertFalse(place.stands);
      assertNull(place.next);
      assertNull(place.previous);
    }
  }

  private Place<Integer> joined() {
    var place = new PutPlace<>(null, exchange, 1);
    line.join(place);
    return place;
  }
}
