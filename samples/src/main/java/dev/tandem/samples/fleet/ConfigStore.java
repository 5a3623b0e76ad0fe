package dev.tandem.samples.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps what was backed up, one file for each device. A file is there whole or not at all: it is
 * written beside its place and then moved there.
 */
final class ConfigStore {

  private final Optional<Path> directory;

  private ConfigStore(Optional<Path> directory) {
    this.directory = directory;
  }

  /** Keeps nothing. */
  static ConfigStore none() {
    return new ConfigStore(Optional.empty());
  }

  /** Keeps files in {@code directory}, which is made if need be. */
  static ConfigStore in(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new ConfigStore(Optional.of(directory));
  }

  /** Keeps the configuration of a device; answers of nodes are no configurations. */
  void keep(Target target, byte[] configuration) throws IOException {
    if (directory.isPresent() && target.transport() == Transport.SSH) {
      replace(directory.get().resolve(target.host() + ".cfg"), configuration);
    }
  }

  /** Replaces the content of {@code file}, atomically; used for every file the fleet writes. */
  static void replace(Path file, byte[] content) throws IOException {
    Path whole = file.toAbsolutePath();
    try {
      write(whole, content);
    } catch (ClosedByInterruptException cancelled) {
      throw cancelled;
    } catch (IOException failure) {
      throw new IOException("cannot write " + file + ": " + Reason.of(failure), failure);
    }
  }

  private static void write(Path whole, byte[] content) throws IOException {
    Path part = Files.createTempFile(whole.getParent(), "." + whole.getFileName() + "-", ".part");
    try {
      try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          channel.write(left);
        }
      }
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
