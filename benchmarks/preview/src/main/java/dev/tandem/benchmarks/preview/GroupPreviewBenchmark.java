package dev.tandem.benchmarks.preview;

import com.softwaremill.jox.structured.Fork;
import com.softwaremill.jox.structured.Scopes;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A scope with two children, whose results are added. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@org.openjdk.jmh.annotations.Fork(value = 2, jvmArgsAppend = "--enable-preview")
public class GroupPreviewBenchmark {

  private int left = 1;
  private int right = 2;

  /** Two forks of the JDK's scope. */
  @Benchmark
  public int jdkScope() throws InterruptedException {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      Subtask<Integer> first = scope.fork(() -> left);
      Subtask<Integer> second = scope.fork(() -> right);
      scope.join();
      return first.get() + second.get();
    }
  }

  /** Two forks of a supervised scope. */
  @Benchmark
  public int jox() throws InterruptedException {
    return Scopes.<Integer>supervised(
        scope -> {
          Fork<Integer> first = scope.fork(() -> left);
          Fork<Integer> second = scope.fork(() -> right);
          return first.join() + second.join();
        });
  }
}
