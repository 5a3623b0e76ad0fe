package dev.tandem.io;

import dev.tandem.io.ProcessTable.Entry;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process and those that came of it, as far as they can be found. */
final class ProcessTree {

  /*
   * Descendants are found by the parent of each process. One whose parent has ended belongs to the
   * system's first process from then on; it is still found if it was seen before, or, where the
   * process leads a session of its own, by its session. Only those that made themselves a session
   * of their own after their parent had gone are never found.
   *
   * Whoever forks and ends faster than it is looked for would get away from signals sent to one
   * process after the other. The groups of the session are killed by one signal each, from which
   * nobody can fork away.
   */

  private static final String KILL_GROUPS = "kill -s KILL -- \"$@\"";
  private static final long KILLING_SECONDS = 5;

  private final ProcessHandle root;
  private final boolean leadsSession;

  // Those that ran when they were last looked for. Only one thread at a time touches it: the one
  // that ends the process.
  private Set<ProcessHandle> seen;

  // The groups of the session, as they were then.
  private final Set<Long> groups = new LinkedHashSet<>();

  /**
   * The tree of a process.
   *
   * @param leadsSession whether the process leads a session of its own
   */
  ProcessTree(ProcessHandle root, boolean leadsSession) {
    this.root = root;
    this.leadsSession = leadsSession;
    seen = Set.of(root);
  }

  /** Asks all to end. */
  void terminate() {
    isAlive();
    seen.forEach(ProcessHandle::destroy);
  }

  /** Ends all. */
  void kill() {
    isAlive();
    if (!groups.isEmpty()) {
      killGroups();
    }
    seen.forEach(ProcessHandle::destroyForcibly);
  }

  /** Whether anybody runs, or, when that could not be seen for sure, may run. */
  boolean isAlive() {
    ProcessTable table = ProcessTable.read();
    if (table.entries().isEmpty()) {
      return lookByHandles();
    }
    Set<Long> members = members(table);
    var found = new LinkedHashSet<ProcessHandle>();
    for (long pid : members) {
      ProcessHandle.of(pid).ifPresent(found::add);
    }
    seen = found;
    // Who ran when it was looked at counts, for it may have left a child since.
    return !members.isEmpty() || !table.isWhole();
  }

  private Set<Long> members(ProcessTable table) {
    List<Entry> running = table.entries().stream().filter(Entry::isRunning).toList();
    var members = new LinkedHashSet<Long>();
    seen.stream().filter(ProcessHandle::isAlive).forEach(known -> members.add(known.pid()));
    groups.clear();
    if (leadsSession && !isNumberTaken()) {
      // Nobody may be seen in this one just now who is there all the same.
      groups.add(root.pid());
      for (Entry entry : running) {
        if (entry.session() == root.pid()) {
          groups.add(entry.group());
          members.add(entry.pid());
        }
      }
    }
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Entry entry : running) {
        grown |= members.contains(entry.parent()) && members.add(entry.pid());
      }
    }
    var alive = new HashSet<Long>();
    running.forEach(entry -> alive.add(entry.pid()));
    members.retainAll(alive);
    return members;
  }

  /** Where the system shows no table. */
  private boolean lookByHandles() {
    var found = new LinkedHashSet<ProcessHandle>();
    for (ProcessHandle known : seen) {
      if (known.isAlive()) {
        found.add(known);
        known.descendants().forEach(found::add);
      }
    }
    seen = found;
    return !found.isEmpty();
  }

  /** True when our process is long gone, and its number is somebody else's. */
  private boolean isNumberTaken() {
    Optional<ProcessHandle> sameNumber = ProcessHandle.of(root.pid());
    return sameNumber.isPresent() && !sameNumber.get().equals(root);
  }

  /** Nothing of the JDK signals a group, but every shell can. */
  private void killGroups() {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", KILL_GROUPS, "sh"));
    groups.forEach(group -> command.add("-" + group));
    try {
      Process killing =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      killing.getOutputStream().close();
      killing.waitFor(KILLING_SECONDS, TimeUnit.SECONDS);
    } catch (IOException noShell) {
      // Then they are killed one by one.
    } catch (InterruptedException nobodyInterruptsThis) {
      throw new AssertionError(nobodyInterruptsThis);
    }
  }
}
