package dev.tandem.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What this process has open, where the system tells. */
final class Accounts {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  static {
    // The first socket that is closed under a reader makes the JDK open one of its own for good.
    try (var server = new Loopback();
        var pair = server.pair()) {
      Stopping.INTERRUPTED.runOn(false, Loopback::isInSocket, pair.near()::readLine);
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Accounts() {}

  static boolean areKept() {
    return Files.isDirectory(DESCRIPTORS);
  }

  static long sockets() throws IOException {
    return count(target -> target.startsWith("socket:"));
  }

  static long pipes() throws IOException {
    return count(target -> target.startsWith("pipe:"));
  }

  static long files(Path file) throws IOException {
    String name = file.toRealPath().toString();
    return count(target -> target.equals(name) || target.equals(name + " (deleted)"));
  }

  /** Waits until no more sockets are open than before. */
  static void settleSockets(long before) throws InterruptedException {
    Loopback.until(() -> quietly(Accounts::sockets) <= before);
  }

  /** Waits until no more pipes are open than before. */
  static void settlePipes(long before) throws InterruptedException {
    Loopback.until(() -> quietly(Accounts::pipes) <= before);
  }

  /** Something that is counted. */
  @FunctionalInterface
  interface Count {
    long count() throws IOException;
  }

  static long quietly(Count count) {
    try {
      return count.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(Predicate<String> wanted) throws IOException {
    long found = 0;
    if (!areKept()) {
      return 0;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path one : all) {
        try {
          if (wanted.test(Files.readSymbolicLink(one).toString())) {
            found++;
          }
        } catch (IOException closedMeanwhile) {
          // Then it is not counted.
        }
      }
    }
    return found;
  }
}
