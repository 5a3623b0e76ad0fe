package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The terminal at a device's shell: echo, line editing and the pager. For one thread. */
final class IosTerminal {

  private static final int DEFAULT_LENGTH = 24;
  private static final String MORE = " --More-- ";
  private static final String ERASE =
      "\b".repeat(MORE.length()) + " ".repeat(MORE.length()) + "\b".repeat(MORE.length());
  private static final int MAX_LINE = 1024;

  private final InputStream input;
  private final OutputStream output;
  private int length = DEFAULT_LENGTH;
  private boolean afterReturn;

  IosTerminal(InputStream input, OutputStream output) {
    this.input = input;
    this.output = output;
  }

  /** How many lines make a page; 0 for no pages. */
  void length(int lines) {
    length = lines;
  }

  void write(String text) throws IOException {
    output.write(text.getBytes(ISO_8859_1));
    output.flush();
  }

  void line(String text) throws IOException {
    write(text + "\r\n");
  }

  /**
   * Reads a line, whatever it ends with. Ctrl-C forgets it; Ctrl-Z is a line {@code end}.
   *
   * @throws EOFException when the client says no more
   */
  String read(boolean echo) throws IOException {
    var line = new StringBuilder();
    while (true) {
      int key = key();
      switch (key) {
        case '\r', '\n' -> {
          line("");
          return line.toString();
        }
        case 3 -> {
          line("^C");
          return "";
        }
        case 26 -> {
          line("^Z");
          return "end";
        }
        case '\b', 127 -> {
          if (!line.isEmpty()) {
            line.setLength(line.length() - 1);
            if (echo) {
              write("\b \b");
            }
          }
        }
        default -> {
          if (key >= ' ' && line.length() < MAX_LINE) {
            line.append((char) key);
            if (echo) {
              write(Character.toString(key));
            }
          }
        }
      }
    }
  }

  /** Shows lines page by page: Space for the next page, Enter for a line, any other key to end. */
  void page(List<String> lines) throws IOException {
    int room = length == 0 ? Integer.MAX_VALUE : length;
    var text = new StringBuilder();
    for (String line : lines) {
      if (room == 0) {
        write(text + MORE);
        text.setLength(0);
        int key = key();
        write(ERASE);
        if (key == ' ') {
          room = length;
        } else if (key == '\r' || key == '\n') {
          room = 1;
        } else {
          return;
        }
      }
      text.append(line).append("\r\n");
      room--;
    }
    write(text.toString());
  }

  /** The next key; the line feed after a carriage return is none. */
  private int key() throws IOException {
    int key = input.read();
    if (key == '\n' && afterReturn) {
      key = input.read();
    }
    afterReturn = key == '\r';
    if (key < 0) {
      throw new EOFException("the client has said all");
    }
    return key;
  }
}
