package dev.tandem.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of those behind somebody who takes a token later than it was due. */
final class TokenBucketTest {

  private static final long GRACE = 1_000;

  /** One in each {@code interval}, of which the first has been taken at 0. */
  private static TokenBucket used(long interval, boolean spaced) {
    var bucket = new TokenBucket(1, interval, 1, spaced);
    bucket.take(1, 0, 0);
    assertEquals(interval, bucket.due(0, 1));
    return bucket;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void take_lateByLessThanTheGrace_theNextIsDueAsIfItHadNotBeen(boolean spaced) {
    for (long late : List.of(0L, 1L, 300L, 301L, GRACE - 1)) {
      TokenBucket bucket = used(300, spaced);
      bucket.take(1, 300 + late, GRACE);
      assertEquals(600, bucket.due(0, 1), () -> "late by " + late);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void take_lateByLessThanAnIntervalLongerThanTheGrace_theNextIsDueAsIfItHadNotBeen(
      boolean spaced) {
    for (long late : List.of(0L, GRACE, GRACE + 1, 4_999L)) {
      TokenBucket bucket = used(5_000, spaced);
      bucket.take(1, 5_000 + late, GRACE);
      assertEquals(10_000, bucket.due(0, 1), () -> "late by " + late);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void take_laterThanBoth_theTimeIsForgotten(boolean spaced) {
    TokenBucket often = used(300, spaced);
    often.take(1, 300 + GRACE + 1, GRACE);
    assertEquals(300 + GRACE + 1 + 300, often.due(0, 1));
    TokenBucket seldom = used(5_000, spaced);
    seldom.take(1, 10_001, GRACE);
    assertEquals(15_001, seldom.due(0, 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void take_withoutGrace_nothingGathersBeyondTheBurst(boolean spaced) {
    TokenBucket bucket = used(300, spaced);
    bucket.take(1, 301, 0);
    assertEquals(601, bucket.due(0, 1));
  }

  @Test
  void take_lateTimeAfterTime_theRateIsKept() {
    var bucket = new TokenBucket(3, 1_000, 1, true);
    bucket.take(1, 0, 0);
    var due = new ArrayList<Long>();
    for (int i = 1; i <= 9; i++) {
      long next = bucket.due(0, 1);
      due.add(next);
      bucket.take(1, next + GRACE / 2, GRACE);
    }
    assertEquals(
        LongStream.of(334, 667, 1000, 1334, 1667, 2000, 2334, 2667, 3000).boxed().toList(), due);
  }
}
