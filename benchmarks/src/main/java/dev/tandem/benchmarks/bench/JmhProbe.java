package dev.tandem.benchmarks.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One fork of one JMH method. What a benchmark's own annotation adds to the fork's command line
 * stays, which is how those with preview features get their flag.
 *
 * @param benchmark the method's name, with its class
 * @param parameters values for the benchmark's parameters
 */
record JmhProbe(
    Work work, String contender, String benchmark, Map<String, String> parameters, Tempo tempo)
    implements Probe {

  private static final Duration STARTING = Duration.ofMillis(1_500);

  /**
   * All that a fork is given, or it would inherit what this process was started with. JMH 1.37
   * stands on what newer JDKs warn of.
   */
  private static final String NO_WARNING = "--sun-misc-unsafe-memory-access=allow";

  @Override
  public List<Work> works() {
    return List.of(work);
  }

  @Override
  public Duration estimate() {
    return tempo.working().plus(STARTING);
  }

  @Override
  public Map<Work, Double> measure() throws NoFigureException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark) + "$")
            .forks(1)
            .jvmArgs(NO_WARNING)
            .warmupIterations(tempo.warmUpSeconds())
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(tempo.iterations())
            .measurementTime(TimeValue.milliseconds(tempo.iteration().toMillis()))
            .timeUnit(TimeUnit.NANOSECONDS)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach(options::param);
    try {
      return Map.of(work, median(new Runner(options.build()).run()));
    } catch (RunnerException failed) {
      throw new NoFigureException("failed: " + firstLine(failed) + " (" + benchmark + ")");
    }
  }

  private static String firstLine(RunnerException failed) {
    String said = String.valueOf(failed.getMessage()).strip();
    return said.lines().findFirst().orElse("JMH does not say why");
  }

  private double median(Collection<RunResult> runs) throws NoFigureException {
    var scores = new ArrayList<Double>();
    for (RunResult run : runs) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          scores.add(iteration.getPrimaryResult().getScore());
        }
      }
    }
    if (scores.isEmpty()) {
      throw new NoFigureException("failed: there is no benchmark " + benchmark);
    }
    return Median.of(scores);
  }
}
