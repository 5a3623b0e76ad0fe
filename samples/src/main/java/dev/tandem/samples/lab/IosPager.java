package dev.tandem.samples.lab;

import java.io.IOException;
import java.util.List;

/** Stops after a screenful, and goes on as the user says. */
final class IosPager {

  private static final String MORE = " --More-- ";
  private static final String WIPE = "\b".repeat(9) + " ".repeat(8) + "\b".repeat(9);

  private final IosTerminal terminal;
  private final int length;

  /**
   * A pager.
   *
   * @param length lines on a screen; 0 for no end
   */
  IosPager(IosTerminal terminal, int length) {
    this.terminal = terminal;
    this.length = length;
  }

  void write(String text) throws IOException, InterruptedException {
    if (length == 0) {
      terminal.write(text);
      return;
    }
    List<String> lines = text.lines().toList();
    int free = length;
    for (String line : lines) {
      if (free == 0) {
        free = more();
        if (free == 0) {
          return;
        }
      }
      terminal.write(line + "\n");
      free--;
    }
  }

  /** How many lines the user wants; 0 for no more. */
  private int more() throws IOException, InterruptedException {
    terminal.write(MORE);
    while (true) {
      switch (terminal.read()) {
        case ' ' -> {
          terminal.write(WIPE);
          return length;
        }
        case '\r', '\n' -> {
          terminal.write(WIPE);
          return 1;
        }
        case 'q', 'Q', 3, IosTerminal.END -> {
          terminal.write(WIPE);
          return 0;
        }
        default -> {
          // Other keys do nothing.
        }
      }
    }
  }
}
