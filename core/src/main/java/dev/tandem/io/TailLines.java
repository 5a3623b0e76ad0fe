package dev.tandem.io;

import dev.tandem.Tandem;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.io.FileTail.Event;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of one file that is followed. */
final class TailLines extends AsyncIterator<String> {

  /*
   * The file is read by a stream that takes no notice of interrupts, for a channel would be closed
   * by one, and with it the rest of a file that has lost its name. Reads of files are short.
   */

  private final FileTail settings;
  private final LineBuffer buffer;
  private @Nullable RandomAccessFile open;
  private @Nullable Object key;
  private long position;
  private boolean gone;

  TailLines(FileTail settings) throws IOException {
    this.settings = settings;
    buffer = new LineBuffer(settings.charset, settings.lineLimit, settings.file.toString());
    BasicFileAttributes now = look();
    if (now == null) {
      if (settings.mustExist) {
        throw new NoSuchFileException(settings.file.toString());
      }
      gone = true;
    } else {
      key = now.fileKey();
      position = settings.fromStart ? 0 : now.size();
      // From now on it may lose its name, and is read to its end all the same.
      open(now, position);
    }
  }

  @Override
  protected String advance() throws Exception {
    while (true) {
      String line = buffer.next();
      if (line != null) {
        return line;
      }
      if (!fill() && !goOn()) {
        Tandem.sleep(settings.interval);
      }
    }
  }

  @Override
  protected void release() throws IOException {
    RandomAccessFile last = open;
    open = null;
    if (last != null) {
      last.close();
    }
  }

  /** Reads what there is; false when there is nothing more. */
  private boolean fill() throws IOException {
    RandomAccessFile current = open;
    if (current == null) {
      return false;
    }
    int count = buffer.fillFrom(current);
    position += Math.max(0, count);
    return count > 0;
  }

  /** At the end of what is open: true when there is something else to read. */
  private boolean goOn() throws IOException {
    BasicFileAttributes now = look();
    if (now == null) {
      if (!gone) {
        gone = true;
        tell(Event.GONE);
      }
      return false;
    }
    boolean wasGone = gone;
    gone = false;
    if (open == null) {
      return firstOpened(now, wasGone);
    }
    if (!Objects.equals(now.fileKey(), key)) {
      // Somebody may have written to the old one after it was read, and before it lost its name.
      return fill() || begin(now, Event.ROTATED);
    }
    if (now.size() < position) {
      return begin(now, Event.TRUNCATED);
    }
    if (wasGone) {
      tell(Event.FOUND);
    }
    return false;
  }

  private boolean firstOpened(BasicFileAttributes now, boolean wasGone) throws IOException {
    if (wasGone) {
      return begin(now, Event.FOUND);
    }
    if (!Objects.equals(now.fileKey(), key)) {
      return begin(now, Event.ROTATED);
    }
    if (now.size() < position) {
      return begin(now, Event.TRUNCATED);
    }
    return open(now, position);
  }

  /** From the start of the file that has the name now. */
  private boolean begin(BasicFileAttributes now, Event why) throws IOException {
    if (!open(now, 0)) {
      return false;
    }
    buffer.endLine();
    tell(why);
    return true;
  }

  /** False when it was replaced meanwhile; then there will be another look. */
  private boolean open(BasicFileAttributes expected, long from) throws IOException {
    RandomAccessFile opened;
    try {
      opened = new RandomAccessFile(settings.file.toFile(), "r");
    } catch (IOException failed) {
      if (look() == null) {
        return false;
      }
      throw failed;
    }
    boolean kept = false;
    try {
      BasicFileAttributes now = look();
      if (now == null || !Objects.equals(now.fileKey(), expected.fileKey())) {
        return false;
      }
      opened.seek(from);
      release();
      open = opened;
      key = now.fileKey();
      position = from;
      kept = true;
      return true;
    } finally {
      if (!kept) {
        opened.close();
      }
    }
  }

  private @Nullable BasicFileAttributes look() throws IOException {
    try {
      return Files.readAttributes(settings.file, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      return null;
    }
  }

  private void tell(Event event) {
    settings.listener.accept(event);
  }
}
