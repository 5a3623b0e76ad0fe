package dev.tandem.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A process and those that came of it, as far as they can be found. */
final class ProcessTree {

  /*
   * Descendants are found by asking each process for its parent. One whose parent has ended belongs
   * to the system's first process from then on; it is still found if it was seen before, or, where
   * the process leads a session of its own, by its session. Only those that made themselves a session
   * of their own after their parent had gone are never found.
   */

  private static final Path PROCESSES = Path.of("/proc");

  private final ProcessHandle root;
  private final boolean leadsSession;

  // Only one thread at a time touches it: the one that ends the process.
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  /**
   * The tree of a process.
   *
   * @param leadsSession whether the process leads a session of its own
   */
  ProcessTree(ProcessHandle root, boolean leadsSession) {
    this.root = root;
    this.leadsSession = leadsSession;
    seen.add(root);
  }

  /** Asks all to end. */
  void terminate() {
    living().forEach(ProcessHandle::destroy);
  }

  /** Ends all. */
  void kill() {
    living().forEach(ProcessHandle::destroyForcibly);
  }

  boolean isAlive() {
    return !living().isEmpty();
  }

  private List<ProcessHandle> living() {
    for (ProcessHandle known : List.copyOf(seen)) {
      known.descendants().forEach(seen::add);
    }
    if (leadsSession) {
      addSession();
    }
    return seen.stream().filter(ProcessTree::isRunning).toList();
  }

  /** One that has ended, and that nobody has asked for its status yet, is not running. */
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !Stat.of(process.pid()).map(Stat::isOver).orElse(false);
  }

  private void addSession() {
    Optional<ProcessHandle> sameNumber = ProcessHandle.of(root.pid());
    if (sameNumber.isPresent() && !sameNumber.get().equals(root)) {
      // Our process is long gone, and its number somebody else's.
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path one : all) {
        long pid = Long.parseLong(one.getFileName().toString());
        if (Stat.of(pid).map(stat -> stat.session == root.pid()).orElse(false)) {
          ProcessHandle.of(pid).ifPresent(seen::add);
        }
      }
    } catch (IOException | RuntimeException notShown) {
      // Then the descendants are all that can be found.
    }
  }

  /** What the system says of a process; see proc(5). */
  private record Stat(char state, long session) {

    static Optional<Stat> of(long pid) {
      try {
        String all = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
        // The name before it is in parentheses, and may contain anything.
        String[] fields = all.substring(all.lastIndexOf(')') + 2).split(" ", -1);
        return Optional.of(new Stat(fields[0].charAt(0), Long.parseLong(fields[3])));
      } catch (IOException | RuntimeException goneMeanwhile) {
        return Optional.empty();
      }
    }

    boolean isOver() {
      return state == 'Z' || state == 'X';
    }
  }
}
