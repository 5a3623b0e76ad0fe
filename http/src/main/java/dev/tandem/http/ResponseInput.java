package dev.tandem.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * What comes from the server, watched: the head's size and line ends are checked while it passes,
 * because a parser that forgives them lets an attacker hide one response in another.
 */
final class ResponseInput extends InputStream {

  private static final int STATUS_DIGIT = "HTTP/1.1 ".length();

  private final InputStream in;
  private boolean answered;
  private boolean inHead;
  private int headBytes;
  private int lineLength;
  private boolean firstLine;
  private boolean interim;
  private int previous;
  private long pastHead;

  ResponseInput(InputStream in) {
    this.in = in;
  }

  /** The next byte will be the first of a head. */
  void expectHead() {
    answered = false;
    pastHead = 0;
    startHead();
  }

  /** True once a byte has come since {@link #expectHead}. */
  boolean isAnswered() {
    return answered;
  }

  /** How many bytes have come after the head. */
  long pastHead() {
    return pastHead;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count < 0 && inHead && answered) {
      // The parser would take what there is for the whole.
      throw new EOFException("the server closed the connection inside the response's head");
    }
    if (count > 0) {
      answered = true;
      int at = offset;
      while (inHead && at < offset + count) {
        scan(into[at++]);
      }
      pastHead += offset + count - at;
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void startHead() {
    inHead = true;
    headBytes = 0;
    lineLength = 0;
    firstLine = true;
    interim = false;
    previous = 0;
  }

  private void scan(byte b) throws ProtocolException {
    if (++headBytes > Defaults.MAX_HEAD) {
      throw new ProtocolException(
          "the head of the response is longer than " + Defaults.MAX_HEAD + " bytes");
    }
    if (b == '\n') {
      if (previous != '\r') {
        throw new ProtocolException("a line of the response's head ends in a bare line feed");
      }
      endLine();
    } else if (previous == '\r') {
      throw new ProtocolException("the response's head has a bare carriage return");
    } else if (b != '\r') {
      if (b == 0) {
        throw new ProtocolException("the response's head has a NUL");
      }
      if (lineLength == 0 && !firstLine && (b == ' ' || b == '\t')) {
        throw new ProtocolException("the response has a folded header");
      }
      if (firstLine && lineLength == STATUS_DIGIT) {
        interim = b == '1';
      }
      lineLength++;
    }
    previous = b;
  }

  private void endLine() {
    if (lineLength > 0) {
      firstLine = false;
    } else if (!firstLine) {
      if (interim) {
        startHead();
      } else {
        inHead = false;
      }
    }
    lineLength = 0;
  }
}
