package dev.tandem.samples.fleet;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 300ms}, {@code 2s}, {@code 1.5s}, {@code 1m}. */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");

  private static final Duration LONGEST = Duration.ofHours(1_000);

  /** As sentences write them: {@code 200 ms}, {@code 1.5 s}, {@code 30 s}. */
  static String words(Duration duration) {
    BigDecimal millis = BigDecimal.valueOf(duration.toNanos()).movePointLeft(6);
    boolean brief = duration.compareTo(Duration.ofSeconds(1)) < 0;
    BigDecimal number = brief ? millis : millis.movePointLeft(3);
    return number.stripTrailingZeros().toPlainString() + (brief ? " ms" : " s");
  }

  @Override
  public Duration convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; write a number and a unit, as in 300ms, 2s or 1m");
    }
    long unit =
        switch (form.group(2)) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
    if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
      throw new TypeConversionException(
          "'" + text + "' is too long; write " + LONGEST.toHours() + "h at most");
    }
    return Duration.ofNanos(nanos.longValue());
  }
}
