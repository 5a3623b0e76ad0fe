package dev.tandem.samples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationWordsTest {

  @ParameterizedTest
  @CsvSource({"200ms,200 ms", "1.5s,1.5 s", "30s,30 s", "1m,60 s", "0.5ms,0.5 ms"})
  void words_ofWhatPeopleWrite_areInTheUnitThatFits(String text, String words) {
    assertEquals(words, DurationConverter.words(new DurationConverter().convert(text)));
  }
}
