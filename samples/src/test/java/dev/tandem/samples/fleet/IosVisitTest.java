package dev.tandem.samples.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class IosVisitTest {

  @Test
  void configuration_whole_keepsWhatIsWorthKeeping() throws Exception {
    String output =
        """
        Building configuration...

        Current configuration : 120 bytes
        !
        ! Last configuration change at 12:56:49 UTC Sun Mar 27 2022
        hostname R1
        ntp clock-period 17179
        !
        end

        """
            .replace("\n", "\r\n");
    assertEquals("!\nhostname R1\n!\nend\n", IosVisit.configuration(output));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "% Authorization failed\r\n", "hostname R1\r\n!\r\n", "% end of it"})
  void configuration_thatDoesNotEnd_isRefused(String output) {
    var error = assertThrows(IOException.class, () -> IosVisit.configuration(output));
    assertTrue(error.getMessage().startsWith("the configuration is incomplete"));
  }

  @ParameterizedTest
  @CsvSource({"300ms,PT0.3S", "2s,PT2S", "1.5s,PT1.5S", "1m,PT1M", "2h,PT2H", "0s,PT0S"})
  void duration_asPeopleWriteIt_isUnderstood(String text, Duration expected) {
    assertEquals(expected, new DurationConverter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "s", "-1s", "2 s", "1d", "1e3s", "99999999999s"})
  void duration_ofAnotherForm_isRefused(String text) {
    var error =
        assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text));
    assertTrue(error.getMessage().contains("write a number and a unit"));
  }
}
