package dev.tandem.testing.junit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Durations as text, which is all that an annotation can hold; the form is that of JUnit. */
final class TimeText {

  private static final Pattern FORM = Pattern.compile("(\\d+) ?([a-zμµ]+)");

  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ns", ChronoUnit.NANOS,
          "us", ChronoUnit.MICROS,
          "μs", ChronoUnit.MICROS,
          "µs", ChronoUnit.MICROS,
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private TimeText() {}

  /** The duration, above zero, that {@code text} says; {@code name} is whose it is. */
  static Duration positive(String name, String text) {
    Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    ChronoUnit unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
    if (unit == null) {
      throw bad(name, text, null);
    }
    Duration time;
    try {
      time = Duration.of(Long.parseLong(parts.group(1)), unit);
    } catch (NumberFormatException | DateTimeException | ArithmeticException tooMuch) {
      throw bad(name, text, tooMuch);
    }
    if (!time.isPositive()) {
      throw bad(name, text, null);
    }
    return time;
  }

  private static ExtensionConfigurationException bad(
      String name, String text, @Nullable Exception cause) {
    return new ExtensionConfigurationException(
        name
            + " must be a whole number above zero and one of the units ns, us, ms, s, m, h, d, such"
            + " as \"500 ms\" or \"1000 d\", but was \""
            + text
            + "\"",
        cause);
  }
}
