package dev.tandem.ssh;

import dev.tandem.Tandem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Believes what a known_hosts file says, and may learn. */
final class RecordedHostKeys extends HostKeys {

  // One for the process: the operating system refuses to lock a file twice.
  private static final ReentrantLock LOCK = new ReentrantLock();

  private final @Nullable Path file;
  private final boolean learns;

  // Volatile: replaced under the lock, read without it by checks; null until the file was read.
  private volatile @Nullable KnownHosts known;

  RecordedHostKeys(Path file, boolean learns) {
    this.file = file;
    this.learns = learns;
  }

  RecordedHostKeys(String lines) {
    file = null;
    learns = false;
    known = KnownHosts.parse(lines);
  }

  @Override
  void load(SshTarget target) throws SshException, InterruptedException {
    if (known != null || file == null) {
      return;
    }
    LOCK.lockInterruptibly();
    try {
      if (known == null) {
        known = read(file);
      }
    } catch (IOException e) {
      throw new SshHandshakeException(target, "the known hosts file " + file + " is unreadable", e);
    } finally {
      LOCK.unlock();
    }
  }

  @Override
  List<String> knownTypes(SshTarget target) {
    return table().keys(target).stream().map(ServerKey::type).distinct().toList();
  }

  @Override
  void check(SshTarget target, ServerKey key) throws HostKeyException {
    KnownHosts table = table();
    if (table.isRevoked(target, key)) {
      throw new HostKeyRevokedException(target, key);
    }
    List<ServerKey> keys = table.keys(target);
    if (keys.isEmpty() && !learns) {
      throw new HostKeyUnknownException(target, key);
    }
    if (!keys.isEmpty() && !keys.contains(key)) {
      throw new HostKeyChangedException(
          target, key, keys.stream().map(ServerKey::fingerprint).toList());
    }
  }

  @Override
  void accepted(SshTarget target, ServerKey key) throws SshException, InterruptedException {
    if (!learns || file == null || table().keys(target).contains(key)) {
      return;
    }
    LOCK.lockInterruptibly();
    try (var records = KnownHostsFile.open(file)) {
      // Another connection, or another program, may have learned of the server since the check.
      known = KnownHosts.parse(records.text());
      check(target, key);
      if (!table().keys(target).contains(key)) {
        records.append(target.knownHostsName() + " " + key.type() + " " + key.encoded());
        known = KnownHosts.parse(records.text());
      }
    } catch (SshException e) {
      throw e;
    } catch (IOException e) {
      // An interrupt ends the wait for the file's lock in this way too.
      Tandem.checkpoint();
      throw new SshHandshakeException(
          target, "the new host key could not be written to " + file, e);
    } finally {
      LOCK.unlock();
    }
  }

  @Override
  public String toString() {
    String how = learns ? "trust on first use, " : "";
    return "HostKeys[" + how + (file == null ? "lines" : file) + "]";
  }

  private KnownHosts table() {
    KnownHosts table = known;
    return table == null ? KnownHosts.EMPTY : table;
  }

  private static KnownHosts read(Path file) throws IOException {
    return Files.exists(file) ? KnownHosts.parse(KnownHostsFile.read(file)) : KnownHosts.EMPTY;
  }
}
