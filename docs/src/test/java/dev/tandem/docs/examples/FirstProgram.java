package dev.tandem.docs.examples;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.Gather;
import dev.tandem.Outcome;
import dev.tandem.Tandem;
import java.util.List;

/** Asks some hosts, two at a time, and says how it went with each. */
public final class FirstProgram {

  private FirstProgram() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    Tandem.run(
        group -> {
          ask(List.of("alpha", "beta", "gamma")).forEach(System.out::println);
        });
  }

  static List<String> ask(List<String> hosts) throws InterruptedException {
    return Gather.over(hosts)
        .limit(2)
        .timeout(ofSeconds(1)) // for each of them
        .outcomes(FirstProgram::greeting)
        .stream()
        .map(FirstProgram::line)
        .toList();
  }

  private static String greeting(String host) throws InterruptedException {
    sleep(host.equals("gamma") ? ofSeconds(5) : ofMillis(300)); // a real one would ask the host
    return "hello from " + host;
  }

  private static String line(Outcome<String, String> outcome) {
    return switch (outcome) {
      case Outcome.Success<String, String>(var host, var answer) -> host + ": " + answer;
      case Outcome.Failure<String, String>(var host, var error) -> host + " failed: " + error;
      case Outcome.Cancelled<String, String>(var host, var why) -> host + " cancelled: " + why;
    };
  }
}
