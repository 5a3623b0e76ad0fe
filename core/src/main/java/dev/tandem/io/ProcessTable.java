package dev.tandem.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes that the system shows at about one moment; see proc(5).
 *
 * @param isWhole false when processes came and went faster than they could be looked at
 */
record ProcessTable(Collection<Entry> entries, boolean isWhole) {

  private static final Path PROCESSES = Path.of("/proc");

  /** A process that forks and ends, again and again, is caught within a few. */
  private static final int PASSES = 10;

  private static final int LEAST_PASSES = 2;

  /** What the system shows now; nothing where it shows nothing. */
  static ProcessTable read() {
    return read(ProcessTable::list, Entry::of);
  }

  /** What {@code list} lists and {@code look} finds of each, which is null for one that is gone. */
  static ProcessTable read(Supplier<Set<Long>> list, LongFunction<@Nullable Entry> look) {
    Map<Long, Entry> entries = new HashMap<>();
    Set<Long> looked = new HashSet<>();
    boolean missed = true;
    // Twice at least: numbers begin anew at the lowest, and whoever has one may have come after the
    // list was there, from one that was gone before the list came to it.
    for (int pass = 0; pass < LEAST_PASSES || (missed && pass < PASSES); pass++) {
      missed = false;
      for (long pid : list.get()) {
        if (looked.add(pid)) {
          Entry entry = look.apply(pid);
          if (entry != null) {
            entries.put(pid, entry);
          }
          // One that was listed and has ended may have a child that was not there to be listed.
          missed |= entry == null || !entry.isRunning();
        }
      }
    }
    return new ProcessTable(entries.values(), !missed);
  }

  private static Set<Long> list() {
    Set<Long> numbers = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path one : all) {
        numbers.add(Long.parseLong(one.getFileName().toString()));
      }
    } catch (IOException | RuntimeException notShown) {
      // Then what came so far is all that can be found.
    }
    return numbers;
  }

  /** One process. */
  record Entry(long pid, char state, long parent, long group, long session) {

    private static @Nullable Entry of(long pid) {
      try {
        String all = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
        // The name before it is in parentheses, and may contain anything.
        String[] fields = all.substring(all.lastIndexOf(')') + 2).split(" ", -1);
        return new Entry(
            pid,
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]));
      } catch (IOException | RuntimeException goneMeanwhile) {
        return null;
      }
    }

    /** One that has ended, and that nobody has asked for its status yet, is not running. */
    boolean isRunning() {
      return state != 'Z' && state != 'X';
    }
  }
}
