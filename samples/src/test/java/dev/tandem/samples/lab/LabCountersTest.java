package dev.tandem.samples.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LabCountersTest {

  @Test
  void peak_ofLabsThatAreBusyAtDifferentTimes_isNotTheirSum() {
    var whole = new LabCounters();
    var one = new LabCounters(whole);
    var other = new LabCounters(whole);
    one.begin();
    one.begin();
    one.end();
    one.end();
    other.begin();
    other.begin();
    other.end();
    assertEquals(2, one.peak());
    assertEquals(2, other.peak());
    assertEquals(2, whole.peak());
    one.begin();
    one.begin();
    assertEquals(3, whole.peak());
  }
}
