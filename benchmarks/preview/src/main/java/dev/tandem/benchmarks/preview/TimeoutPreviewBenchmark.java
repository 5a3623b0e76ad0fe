package dev.tandem.benchmarks.preview;

import com.softwaremill.jox.structured.Race;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A timeout that does not expire. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--enable-preview")
public class TimeoutPreviewBenchmark {

  private int value = 42;

  /** A race of the body against a sleep. */
  @Benchmark
  public int jox() throws InterruptedException, TimeoutException {
    return Race.<Integer>timeout(60_000, () -> value);
  }
}
