package dev.tandem.samples.fleet;

import dev.tandem.Tandem;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is seen while a round runs: on a terminal one line that is drawn again and again, otherwise
 * a line for each target that failed and one at the end.
 */
final class Progress {

  private static final String BACK_AND_CLEAR = "\r\u001b[K";
  private static final Duration REDRAW_EVERY = Duration.ofMillis(80);

  private final PrintStream out;
  private final int columns;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private String name = "";
  private int total;
  private int done;
  private int bad;
  private Stopwatch clock = new Stopwatch();

  private Progress(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  /** On a terminal of so many columns; 0 for a pipe or a file. */
  static Progress on(PrintStream out, int columns) {
    return new Progress(out, columns);
  }

  void begin(String round, int targets) {
    lock.lock();
    try {
      name = round;
      total = targets;
      done = 0;
      bad = 0;
      clock = new Stopwatch();
      if (columns > 0) {
        draw();
      } else {
        out.println(round + ": " + targets + " targets");
      }
    } finally {
      lock.unlock();
    }
  }

  void done(HostResult result) {
    lock.lock();
    try {
      done++;
      boolean failed = result.status() != Status.OK;
      bad += failed ? 1 : 0;
      if (columns == 0) {
        if (failed) {
          out.println(
              name + ": " + result.host() + " " + result.status().word() + " - " + result.error());
        }
      } else if (done == total) {
        draw();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps the clock on a terminal going, until cancelled. */
  void keepDrawing() throws InterruptedException {
    while (columns > 0) {
      Tandem.sleep(REDRAW_EVERY);
      lock.lock();
      try {
        draw();
      } finally {
        lock.unlock();
      }
    }
  }

  void end(int finished) {
    lock.lock();
    try {
      if (columns > 0) {
        out.print(BACK_AND_CLEAR);
        out.flush();
      }
      String took = String.format(Locale.ROOT, "%.2f s", clock.seconds());
      out.println(name + ": " + finished + " of " + total + " done in " + took);
    } finally {
      lock.unlock();
    }
  }

  private void draw() {
    String head = name + " ";
    String tail =
        String.format(
            Locale.ROOT,
            " %d/%d%s %.1f s",
            done,
            total,
            bad == 0 ? "" : ", " + bad + " failed",
            clock.seconds());
    int width = Math.min(40, columns - head.length() - tail.length() - 3);
    String line = head + (width < 5 ? "" : bar(width)) + tail;
    out.print(BACK_AND_CLEAR + line.substring(0, Math.min(line.length(), columns - 1)));
    out.flush();
  }

  private String bar(int width) {
    int full = total == 0 ? width : (int) ((long) width * done / total);
    return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
  }
}
