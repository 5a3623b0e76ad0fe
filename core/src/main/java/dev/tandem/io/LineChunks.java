package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Lines as bytes, asked for one by one. */
final class LineChunks implements InputPump.Chunks {

  private final Iterable<String> lines;
  private final Charset charset;
  private @Nullable Iterator<String> iterator;

  LineChunks(Iterable<String> lines, Charset charset) {
    this.lines = lines;
    this.charset = charset;
  }

  @Override
  public byte @Nullable [] next() {
    Iterator<String> current = iterator;
    if (current == null) {
      current = lines.iterator();
      iterator = current;
    }
    return current.hasNext() ? bytes(current.next()) : null;
  }

  private byte[] bytes(String line) {
    requireNonNull(line, "the iterable gave null, which is no line; leave it out, or give \"\"");
    return (line + "\n").getBytes(charset);
  }

  @Override
  public void close() throws Exception {
    if (lines instanceof AutoCloseable resource) {
      resource.close();
    }
  }
}
