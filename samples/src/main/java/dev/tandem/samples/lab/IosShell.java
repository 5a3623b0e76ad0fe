package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What somebody at a terminal, or a program that plays one, talks to. */
final class IosShell {

  private static final int SCREEN = 24;
  private static final int ENABLE_TRIES = 3;

  private final IosDevice device;
  private final IosTerminal terminal;
  private final IosShow show;
  private final String enableSecret;
  private IosMode mode = IosMode.USER;
  private int length = SCREEN;
  private boolean lastWasReturn;

  IosShell(IosDevice device, IosTerminal terminal, IosShow show, String enableSecret) {
    this.device = device;
    this.terminal = terminal;
    this.show = show;
    this.enableSecret = enableSecret;
  }

  /** Talks until the user leaves. */
  void run() throws IOException, InterruptedException {
    terminal.write("\n");
    boolean here = true;
    while (here) {
      String prompt = mode.prompt(device.hostname());
      terminal.write(prompt);
      String line = readLine(true);
      here = line != null && (line.isBlank() || obey(line, prompt.length()));
    }
  }

  private boolean obey(String line, int column) throws IOException, InterruptedException {
    IosGrammar.Meaning meaning = IosGrammar.parse(mode, line, column);
    if (meaning.verb() == null) {
      terminal.write(meaning.error());
      return true;
    }
    switch (meaning.verb()) {
      case SHOW_RUNNING_CONFIG, SHOW_VERSION, SHOW_INTERFACES ->
          show.answer(meaning.verb(), terminal::write, new IosPager(terminal, length)::write);
      case TERMINAL_LENGTH -> length(meaning.argument());
      case TERMINAL_WIDTH, SETTING -> {
        // Accepted, and of no consequence here.
      }
      case ENABLE -> enable();
      case DISABLE -> mode = IosMode.USER;
      case CONFIGURE -> {
        terminal.write("Enter configuration commands, one per line.  End with CNTL/Z.\n");
        mode = IosMode.CONFIG;
      }
      case INTERFACE -> mode = IosMode.INTERFACE;
      case END -> mode = IosMode.PRIVILEGED;
      case EXIT -> {
        return leave();
      }
    }
    return true;
  }

  private boolean leave() {
    return switch (mode) {
      case USER, PRIVILEGED -> false;
      case CONFIG -> {
        mode = IosMode.PRIVILEGED;
        yield true;
      }
      case INTERFACE -> {
        mode = IosMode.CONFIG;
        yield true;
      }
    };
  }

  private void length(String argument) throws IOException, InterruptedException {
    if (argument.matches("[0-9]{1,3}")) {
      length = Integer.parseInt(argument);
    } else {
      terminal.write("% Invalid input detected at '^' marker.\n\n");
    }
  }

  private void enable() throws IOException, InterruptedException {
    for (int tries = 0; tries < ENABLE_TRIES && mode == IosMode.USER; tries++) {
      terminal.write("Password: ");
      String answer = readLine(false);
      if (answer == null) {
        return;
      }
      if (MessageDigest.isEqual(answer.getBytes(UTF_8), enableSecret.getBytes(UTF_8))) {
        mode = IosMode.PRIVILEGED;
      }
    }
    if (mode == IosMode.USER) {
      terminal.write("% Bad secrets\n\n");
    }
  }

  /** A line without its end; null when there is none any more. */
  private @Nullable String readLine(boolean echo) throws IOException, InterruptedException {
    var line = new StringBuilder();
    while (true) {
      int key = terminal.read();
      boolean secondHalf = lastWasReturn && key == '\n';
      lastWasReturn = key == '\r';
      switch (key) {
        case IosTerminal.END -> {
          return null;
        }
        case '\r', '\n' -> {
          if (!secondHalf) {
            terminal.write("\n");
            return line.toString();
          }
        }
        case '\b', 127 -> {
          if (!line.isEmpty()) {
            line.setLength(line.length() - 1);
            terminal.write(echo ? "\b \b" : "");
          }
        }
        case 3 -> {
          terminal.write("^C\n");
          return "";
        }
        case 26 -> {
          mode = mode == IosMode.USER ? IosMode.USER : IosMode.PRIVILEGED;
          terminal.write("^Z\n");
          return "";
        }
        default -> {
          if (key >= ' ' && key < 127) {
            line.append((char) key);
            terminal.write(echo ? String.valueOf((char) key) : "");
          }
        }
      }
    }
  }
}
