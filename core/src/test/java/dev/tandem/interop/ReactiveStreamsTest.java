package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;

/** Runs the Technology Compatibility Kit of Reactive Streams, which is written for TestNG. */
final class ReactiveStreamsTest {

  @ParameterizedTest
  @ValueSource(classes = {PublisherTck.class, SubscriberTck.class, ConsumedSubscriberTck.class})
  void tck(Class<?> verification) {
    var runner = new TestNG(false);
    var ends = new Ends();
    runner.setTestClasses(new Class<?>[] {verification});
    runner.setVerbose(0);
    runner.addListener(ends);
    runner.run();
    assertEquals(List.of(), ends.failed);
    assertTrue(ends.passed.size() > 10, "passed " + ends.passed);
    assertEquals(List.of(), ends.skipped.stream().filter(ReactiveStreamsTest::isRequired).toList());
  }

  private static boolean isRequired(String name) {
    return !name.startsWith("untested") && !name.startsWith("optional");
  }

  private static final class Ends implements ITestListener {

    final List<String> passed = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    @Override
    public void onTestSuccess(ITestResult result) {
      passed.add(result.getName());
    }

    @Override
    public void onTestSkipped(ITestResult result) {
      skipped.add(result.getName());
    }

    @Override
    public void onTestFailure(ITestResult result) {
      Throwable thrown = result.getThrowable();
      failed.add(result.getName() + ": " + thrown + Arrays.toString(thrown.getStackTrace()));
    }
  }
}
