package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.flow.AsyncIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in both directions, read and written by blocking calls; asyncio's pair of a StreamReader
 * and a StreamWriter.
 *
 * <pre>{@code
 * String ask(Connection connection, String question) throws IOException, InterruptedException {
 *   connection.writeLine(question);
 *   return connection.readLine();
 * }
 * }</pre>
 *
 * <p>Code that speaks a protocol takes one of these, and does not mind what carries it: {@link
 * TcpConnection} over a network, {@code dev.tandem.testing.MemoryConnection} in tests, where
 * virtual time passes and every fault can be had.
 *
 * <p>One task reads at a time; a second one is refused with {@link IllegalStateException}. Any
 * number may write: each {@code write} goes out in one piece, first come, first served.
 *
 * <p><b>Cancellation.</b> A call that is cancelled in the middle closes the connection, because
 * nobody could go on from there; later ones throw {@link StreamClosedException}. One that is
 * cancelled before it began has done nothing.
 *
 * <p><b>Errors.</b> When the connection breaks, {@link ConnectionLostException}; when this side has
 * closed it, {@link StreamClosedException}. That the peer ends its side is no error: {@link
 * #readLine} returns null then, {@link #read} nothing.
 */
public interface Connection extends AutoCloseable {

  /** What comes in. */
  StreamReader reader();

  /** The charset of text, in both directions. */
  Charset charset();

  /** What ends a line that is written. */
  String lineEnd();

  /**
   * Writes a part of an array, which must not change meanwhile, and waits until all of it is taken.
   *
   * @throws ConnectionLostException when the peer is gone, as far as that is known yet
   * @throws StreamClosedException when this side is closed, or its output is
   * @throws InterruptedException when cancelled or interrupted; if some of it may have been written
   *     by then, the connection is closed
   * @throws IndexOutOfBoundsException when there is no such part
   */
  void write(byte[] bytes, int offset, int length) throws IOException, InterruptedException;

  /**
   * Tells the peer that nothing more will be written; asyncio's {@code write_eof}. Reading goes on.
   * Later calls do nothing.
   */
  void closeOutput() throws IOException, InterruptedException;

  /** False once this side has closed it, or has noticed that it is lost. */
  boolean isOpen();

  /** Closes both directions; whoever reads or writes meanwhile is told. Later calls do nothing. */
  @Override
  void close();

  /** See {@link StreamReader#readLine}. */
  default @Nullable String readLine() throws IOException, InterruptedException {
    return reader().readLine();
  }

  /** See {@link StreamReader#readExactly}. */
  default byte[] readExactly(int count) throws IOException, InterruptedException {
    return reader().readExactly(count);
  }

  /** See {@link StreamReader#readUntil(byte[])}. */
  default byte[] readUntil(byte[] delimiter) throws IOException, InterruptedException {
    return reader().readUntil(delimiter);
  }

  /** See {@link StreamReader#readUntil(String)}. */
  default byte[] readUntil(String delimiter) throws IOException, InterruptedException {
    return reader().readUntil(delimiter);
  }

  /** See {@link StreamReader#read}. */
  default byte[] read(int max) throws IOException, InterruptedException {
    return reader().read(max);
  }

  /** See {@link StreamReader#readAll}. */
  default byte[] readAll(int atMost) throws IOException, InterruptedException {
    return reader().readAll(atMost);
  }

  /** See {@link StreamReader#lines}. */
  default AsyncIterator<String> lines() throws IOException, InterruptedException {
    return reader().lines();
  }

  /** Like {@link #write(byte[], int, int)}, for the whole of it. */
  default void write(byte[] bytes) throws IOException, InterruptedException {
    requireNonNull(bytes, "bytes");
    write(bytes, 0, bytes.length);
  }

  /** Like {@link #write(byte[])}, in the connection's charset. */
  default void write(String text) throws IOException, InterruptedException {
    write(requireNonNull(text, "text").getBytes(charset()));
  }

  /** Writes a line and its end, see {@link #lineEnd}, in one piece. */
  default void writeLine(String line) throws IOException, InterruptedException {
    write(requireNonNull(line, "line") + lineEnd());
  }

  /** Bytes that come in, for libraries; shares what has come with the other ways of reading. */
  default InputStream inputStream() {
    return new StreamViews.Input(reader());
  }

  /** Bytes that go out, for libraries; closing it is {@link #closeOutput}. */
  default OutputStream outputStream() {
    return new StreamViews.Output(this);
  }
}
