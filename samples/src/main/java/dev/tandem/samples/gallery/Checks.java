package dev.tandem.samples.gallery;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs exhibits and compares what they print with what they should. */
final class Checks {

  private final List<Exhibit> exhibits;
  private final PrintWriter out;

  Checks(List<Exhibit> exhibits, PrintWriter out) {
    this.exhibits = exhibits;
    this.out = out;
  }

  /** True when all were as they should. */
  boolean run() throws InterruptedException {
    int failed = 0;
    for (Exhibit exhibit : exhibits) {
      Optional<String> wrong = wrong(exhibit);
      failed += wrong.isPresent() ? 1 : 0;
      wrong.ifPresent(what -> out.println("       " + what));
      out.flush();
    }
    out.println((exhibits.size() - failed) + " passed, " + failed + " failed");
    out.flush();
    return failed == 0;
  }

  private Optional<String> wrong(Exhibit exhibit) throws InterruptedException {
    try {
      Rehearsal rehearsal = Rehearsal.of(exhibit);
      Optional<String> difference = rehearsal.difference(exhibit);
      say(
          difference.isEmpty() ? "ok" : "FAILED",
          exhibit,
          Elapsed.seconds(rehearsal.took()) + " of " + exhibit.runsOn().word() + " time");
      return difference;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failure) {
      say("FAILED", exhibit, "");
      return Optional.of(failure.toString());
    }
  }

  private void say(String verdict, Exhibit exhibit, String how) {
    out.println(
        String.format(Locale.ROOT, "%-6s  %-21s  %s", verdict, exhibit.id(), how).stripTrailing());
  }
}
