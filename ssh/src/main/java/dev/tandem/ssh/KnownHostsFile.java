package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A known_hosts file, locked against other programs while it is read and added to. */
final class KnownHostsFile implements AutoCloseable {

  private final FileChannel channel;

  private KnownHostsFile(FileChannel channel) {
    this.channel = channel;
  }

  /** The text of a file. Comments may be in any encoding; entries are ASCII. */
  static String read(Path file) throws IOException {
    return Files.readString(file, ISO_8859_1);
  }

  /** Opens the file, readable by the user only if it is new, and waits for its lock. */
  static KnownHostsFile open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            privateToUser());
    try {
      var _ = channel.lock();
      return new KnownHostsFile(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    channel.position(0);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return ISO_8859_1.decode(bytes.flip()).toString();
  }

  /** Adds a line with one write at the end, after a line break if the last line has none. */
  void append(String line) throws IOException {
    String text = text();
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    ByteBuffer bytes = ISO_8859_1.encode(separator + line + "\n");
    channel.position(channel.size());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileAttribute<?>[] privateToUser() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
