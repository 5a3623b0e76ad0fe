package dev.tandem.io;

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
    return current.hasNext() ? (current.next() + "\n").getBytes(charset) : null;
  }

  @Override
  public void close() throws Exception {
    if (lines instanceof AutoCloseable resource) {
      resource.close();
    }
  }
}
