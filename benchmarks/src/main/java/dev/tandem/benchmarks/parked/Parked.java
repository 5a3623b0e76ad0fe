package dev.tandem.benchmarks.parked;

import java.util.Locale;

/**
 * The program of such a process: its arguments are the variant and how many tasks; it prints what a
 * waiting task needs in bytes, and what cancelling all of them takes in nanoseconds.
 */
public final class Parked {

  private static final int WARM_UPS = 40;
  private static final int WARM_UP_TASKS = 10_000;

  private Parked() {}

  /** Measures and prints one JSON object. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    Crowd crowd =
        switch (arguments[0]) {
          case "tandem" -> new TandemCrowd();
          case "threads" -> new ThreadCrowd();
          case "found" -> new FoundCrowd();
          default -> throw new IllegalArgumentException("unknown variant " + arguments[0]);
        };
    // Frames that are not compiled yet take several times the room when their thread parks.
    for (int i = 0; i < WARM_UPS; i++) {
      crowd.run(WARM_UP_TASKS, () -> {});
    }
    var measured = new Measurement(count);
    measured.begin();
    crowd.run(count, measured::allWait);
    measured.end();
    System.out.printf(
        Locale.ROOT,
        "{\"bytes\": %.1f, \"cancel\": %d}%n",
        measured.bytesEach(),
        measured.cancelNanos());
  }
}
