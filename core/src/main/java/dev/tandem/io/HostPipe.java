package dev.tandem.io;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pipe of ours that a process can be given an end of, by name.
 *
 * <p>The streams that a {@link Process} has of its own cannot be closed under a thread that reads
 * them, so a grandchild that inherited the other end could hold that thread for ever. A {@link
 * Pipe} can be closed at any time, and a virtual thread that waits in it takes no other thread.
 * Linux shows the pipes of a process as files, which can be opened once more.
 */
final class HostPipe {

  /*
   * Which of the descriptors is our pipe? The one that holds exactly as many bytes as were just put
   * into it, and then exactly as many more. Looking does not take anything out of the pipes of
   * others.
   */

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int MOST_MARKS = 2000;
  private static final AtomicInteger MARKS = new AtomicInteger();

  private final Pipe pipe;
  private final Path name;

  private HostPipe(Pipe pipe, Path name) {
    this.pipe = pipe;
    this.name = name;
  }

  /** A new pipe; null where the system does not give pipes names. */
  static @Nullable HostPipe open() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return null;
    }
    Pipe pipe = Pipe.open();
    Path name = null;
    try {
      name = nameOf(pipe);
      return name == null ? null : new HostPipe(pipe, name);
    } finally {
      if (name == null) {
        pipe.sink().close();
        pipe.source().close();
      }
    }
  }

  Pipe.SourceChannel source() {
    return pipe.source();
  }

  Pipe.SinkChannel sink() {
    return pipe.sink();
  }

  /** What a process is to open; it is there as long as one end is open here. */
  File name() {
    return name.toFile();
  }

  private static @Nullable Path nameOf(Pipe pipe) throws IOException {
    int mark = 1 + Math.floorMod(MARKS.getAndIncrement(), MOST_MARKS);
    put(pipe, mark);
    int there = mark;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path candidate : all) {
        if (holds(candidate, there)) {
          put(pipe, mark);
          there += mark;
          if (holds(candidate, there)) {
            return candidate;
          }
        }
      }
      return null;
    } finally {
      drain(pipe, there);
    }
  }

  private static boolean holds(Path descriptor, int bytes) {
    try {
      if (!Files.readSymbolicLink(descriptor).toString().startsWith("pipe:")) {
        return false;
      }
      try (var end = new FileInputStream(descriptor.toFile())) {
        return end.available() == bytes;
      }
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  private static void put(Pipe pipe, int count) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(count);
    while (mark.hasRemaining()) {
      pipe.sink().write(mark);
    }
  }

  private static void drain(Pipe pipe, int count) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(count);
    int got;
    do {
      got = mark.hasRemaining() ? pipe.source().read(mark) : -1;
    } while (got >= 0);
  }
}
