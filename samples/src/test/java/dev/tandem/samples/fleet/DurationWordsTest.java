package dev.tandem.samples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DurationWordsTest {

  @ParameterizedTest
  @CsvSource({"200ms,200 ms", "1.5s,1.5 s", "30s,30 s", "1m,60 s", "0.5ms,0.5 ms"})
  void words_ofWhatPeopleWrite_areInTheUnitThatFits(String text, String words) {
    assertEquals(words, DurationConverter.words(new DurationConverter().convert(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1001h", "99999999h", "999999999.9h"})
  void convert_longerThanAnybodyMeans_isRefused(String text) {
    var refused =
        assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text));
    assertEquals("'" + text + "' is too long; write 1000h at most", refused.getMessage());
  }
}
