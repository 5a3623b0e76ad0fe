package dev.tandem.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;

/** Streams as java.io knows them, which cannot say that they were interrupted but in its way. */
final class StreamViews {

  private StreamViews() {}

  /** The flag goes up again, so that whoever takes the exception for a failure still sees it. */
  private static InterruptedIOException interrupted(InterruptedException stopped) {
    var told = new InterruptedIOException(stopped.getMessage());
    told.initCause(stopped);
    Thread.currentThread().interrupt();
    return told;
  }

  static final class Input extends InputStream {

    private final StreamReader reader;

    Input(StreamReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      try {
        byte[] some = reader.read(length);
        System.arraycopy(some, 0, into, offset, some.length);
        return some.length == 0 ? -1 : some.length;
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
    }

    @Override
    public int available() {
      return reader.buffered();
    }
  }

  /** Somewhere to write to. */
  interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException, InterruptedException;

    void close() throws IOException, InterruptedException;
  }

  static final class Output extends OutputStream {

    private final Sink sink;

    Output(Sink sink) {
      this.sink = sink;
    }

    Output(Connection connection) {
      this(
          new Sink() {
            @Override
            public void write(byte[] bytes, int offset, int length)
                throws IOException, InterruptedException {
              connection.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException, InterruptedException {
              connection.closeOutput();
            }
          });
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        sink.write(bytes, offset, length);
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        sink.close();
      } catch (InterruptedException stopped) {
        throw interrupted(stopped);
      }
    }
  }
}
