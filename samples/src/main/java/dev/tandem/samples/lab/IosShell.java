package dev.tandem.samples.lab;

import java.io.IOException;
import java.util.List;

/** A session at a device's command line, from the first prompt to the exit. */
final class IosShell {

  private static final IosGrammar EXEC =
      new IosGrammar(
          "disable",
          "enable",
          "exit",
          "logout",
          "quit",
          "show ip interface brief",
          "show version",
          "terminal length NUMBER",
          "terminal width NUMBER");
  private static final IosGrammar PRIVILEGED =
      new IosGrammar(
          "configure terminal",
          "disable",
          "enable",
          "exit",
          "logout",
          "quit",
          "show ip interface brief",
          "show running-config",
          "show version",
          "terminal length NUMBER",
          "terminal width NUMBER");
  private static final IosGrammar CONFIGURE =
      new IosGrammar(
          "description TEXT",
          "end",
          "exit",
          "hostname NAME",
          "interface NAME",
          "ip address ADDRESS MASK",
          "no shutdown",
          "shutdown");
  private static final int ATTEMPTS = 3;

  private enum Mode {
    USER(">"),
    PRIVILEGED("#"),
    CONFIGURE("(config)#"),
    INTERFACE("(config-if)#");

    final String mark;

    Mode(String mark) {
      this.mark = mark;
    }

    boolean isConfiguration() {
      return this == CONFIGURE || this == INTERFACE;
    }
  }

  private final String hostname;
  private final String secret;
  private final IosTerminal terminal;
  private final IosShow show;
  private Mode mode = Mode.USER;
  private boolean open = true;

  IosShell(String hostname, String secret, IosTerminal terminal, IosShow show) {
    this.hostname = hostname;
    this.secret = secret;
    this.terminal = terminal;
    this.show = show;
  }

  /**
   * Talks until the user leaves.
   *
   * @throws IOException when the client is gone
   */
  void run() throws IOException, InterruptedException {
    terminal.line("");
    while (open) {
      terminal.write(hostname + mode.mark);
      String line = terminal.read(true).strip();
      if (line.isEmpty() || line.startsWith("!")) {
        continue;
      }
      if (mode.isConfiguration()) {
        configure(line);
      } else {
        execute(line);
      }
    }
  }

  private void execute(String line) throws IOException, InterruptedException {
    String command = (mode == Mode.USER ? EXEC : PRIVILEGED).parse(line);
    switch (command) {
      case "exit", "logout", "quit" -> open = false;
      case "enable" -> enable();
      case "disable" -> mode = Mode.USER;
      case "terminal width NUMBER" -> number(line, 512);
      case "terminal length NUMBER" -> {
        int lines = number(line, 512);
        if (lines >= 0) {
          terminal.length(lines);
        }
      }
      case "configure terminal" -> {
        terminal.line("Enter configuration commands, one per line.  End with CNTL/Z.");
        mode = Mode.CONFIGURE;
      }
      default -> {
        if (command.startsWith("%")) {
          refuse(command);
        } else {
          show.answer(command, terminal::line, terminal::page);
        }
      }
    }
  }

  /** Takes configuration for what it is, and forgets it. */
  private void configure(String line) throws IOException {
    String command = CONFIGURE.parse(line);
    switch (command) {
      case "end" -> mode = Mode.PRIVILEGED;
      case "exit" -> mode = mode == Mode.INTERFACE ? Mode.CONFIGURE : Mode.PRIVILEGED;
      case "interface NAME" -> mode = Mode.INTERFACE;
      default -> {
        if (command.startsWith("%")) {
          refuse(command);
        }
      }
    }
  }

  private void enable() throws IOException {
    for (int i = 0; mode == Mode.USER && i < ATTEMPTS; i++) {
      terminal.write("Password: ");
      if (terminal.read(false).equals(secret)) {
        mode = Mode.PRIVILEGED;
      }
    }
    if (mode == Mode.USER) {
      terminal.line("% Bad secrets");
      terminal.line("");
    }
  }

  /** The number a line ends with; -1, and a word to the user, when it is none up to a maximum. */
  private int number(String line, int max) throws IOException {
    String last = line.substring(line.lastIndexOf(' ') + 1);
    if (last.matches("[0-9]{1,4}") && Integer.parseInt(last) <= max) {
      return Integer.parseInt(last);
    }
    refuse("% Invalid input detected at '^' marker.");
    return -1;
  }

  private void refuse(String why) throws IOException {
    terminal.page(refusal(hostname + mode.mark, why));
  }

  /** An error as IOS words it; the marker stands where the line began. */
  static List<String> refusal(String prompt, String why) {
    return why.contains("'^'") ? List.of(" ".repeat(prompt.length()) + "^", why, "") : List.of(why);
  }
}
