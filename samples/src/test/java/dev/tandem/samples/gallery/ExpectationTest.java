package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExpectationTest {

  @Test
  void difference_ofTheSame_isNone() {
    assertEquals(Optional.empty(), Expectation.of("a\n\nb\n").difference("a\n\nb\n"));
    assertEquals(Optional.empty(), Expectation.of("").difference(""));
  }

  @Test
  void difference_ofFigures_isNoneWhereAnyNumberMayStand() {
    Expectation expected = Expectation.of("at once <number> ms, of <number>");
    assertEquals(Optional.empty(), expected.difference("at once    12.5 ms, of 7"));
    assertEquals(
        Optional.of("line 1: expected at once <number> ms, of <number>, but was at once ms, of 7"),
        expected.difference("at once ms, of 7"));
  }

  @Test
  void difference_ofALine_isTold() {
    assertEquals(
        Optional.of("line 2: expected b, but was c"), Expectation.of("a\nb").difference("a\nc"));
    assertEquals(
        Optional.of("line 2: expected b, but was nothing more"),
        Expectation.of("a\nb").difference("a"));
    assertEquals(
        Optional.of("line 2: expected nothing more, but was b"),
        Expectation.of("a").difference("a\nb"));
  }
}
