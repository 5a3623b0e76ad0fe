package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ProgressMeterTest {

  @Test
  void itemEnded_theListenerThrowsAnError_itIsToldOfTheItemsAfter() {
    var bug = new AssertionError("a bug");
    List<Progress> told = new ArrayList<>();
    var meter =
        new ProgressMeter(
            progress -> {
              told.add(progress);
              if (progress.done() == 1) {
                throw bug;
              }
            },
            OptionalInt.of(2));
    assertSame(bug, assertThrows(AssertionError.class, () -> meter.itemEnded(false)));
    meter.itemEnded(true);
    assertEquals(new Progress(2, 1, OptionalInt.of(2)), told.getLast());
  }
}
