package dev.tandem.testing.junit;

import dev.tandem.testing.VirtualRun;
import dev.tandem.testing.VirtualTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes one invocation of each seed of a {@link VirtualTimeTest}, until one fails. */
final class VirtualTimeExtension implements TestTemplateInvocationContextProvider {

  static final String SEED = "tandem.seed";
  static final String SEEDS = "tandem.seeds";

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getTestMethod(), VirtualTimeTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    VirtualTimeTest test =
        AnnotationSupport.findAnnotation(context.getTestMethod(), VirtualTimeTest.class)
            .orElseThrow();
    if (test.seeds() < 0) {
      throw new ExtensionConfigurationException(
          "seeds must not be negative, but was " + test.seeds() + "; leave it out for one order");
    }
    VirtualRun way =
        VirtualTime.horizon(TimeText.positive("horizon", test.horizon()))
            .realTime(TimeText.positive("realTime", test.realTime()));
    if (test.seeds() == 0 && test.seed().length == 0) {
      return Stream.of(SeedInvocation.inOrder(way));
    }
    LongStream seeds = seeds(test, context);
    var failed = new AtomicBoolean();
    // JUnit asks for the next one when it is done with the one before.
    return seeds
        .takeWhile(_ -> !failed.get())
        .mapToObj(seed -> SeedInvocation.of(seed, way, () -> failed.set(true)));
  }

  private static LongStream seeds(VirtualTimeTest test, ExtensionContext context) {
    String replayed = context.getConfigurationParameter(SEED).orElse("");
    if (!replayed.isBlank()) {
      return LongStream.of(number(SEED, replayed));
    }
    if (test.seed().length > 0) {
      return LongStream.of(test.seed());
    }
    String many = context.getConfigurationParameter(SEEDS).orElse("");
    return LongStream.range(0, many.isBlank() ? test.seeds() : atLeastOne(SEEDS, many));
  }

  private static long atLeastOne(String name, String value) {
    long number = number(name, value);
    if (number < 1) {
      throw new ExtensionConfigurationException(
          name + " must be at least 1, but was " + number + "; leave it out for each test's own");
    }
    return number;
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException noNumber) {
      throw new ExtensionConfigurationException(
          name + " must be a whole number, but was '" + value + "'", noNumber);
    }
  }
}
