package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.io.ProcessTable.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Processes come and go while they are listed. */
final class ProcessTableTest {

  private static Entry running(long pid) {
    return new Entry(pid, 'S', 1, pid, pid);
  }

  private static Entry ended(long pid) {
    return new Entry(pid, 'Z', 1, pid, pid);
  }

  private static ProcessTable read(List<Set<Long>> lists, LongFunction<@Nullable Entry> look) {
    Iterator<Set<Long>> next = lists.iterator();
    return ProcessTable.read(() -> next.hasNext() ? next.next() : lists.getLast(), look);
  }

  private static Set<Long> numbers(ProcessTable table) {
    var numbers = new TreeSet<Long>();
    table.entries().forEach(entry -> numbers.add(entry.pid()));
    return numbers;
  }

  @Test
  void read_oneIsGoneWhenItIsLookedAt_findsItsChild() {
    ProcessTable table =
        read(List.of(Set.of(1L, 7L), Set.of(1L, 8L)), pid -> pid == 7 ? null : running(pid));
    assertEquals(Set.of(1L, 8L), numbers(table));
    assertTrue(table.isWhole());
  }

  @Test
  void read_oneHasEndedWhenItIsLookedAtAndItsStatusIsNotAskedForYet_findsItsChild() {
    ProcessTable table =
        read(
            List.of(Set.of(1L, 7L), Set.of(1L, 7L, 8L), Set.of(1L, 8L, 9L)),
            pid -> pid < 9 && pid > 1 ? ended(pid) : running(pid));
    assertEquals(Set.of(1L, 7L, 8L, 9L), numbers(table));
    assertTrue(table.isWhole());
  }

  @Test
  void read_aChildHasALowerNumberThanTheListHadComeTo_findsIt() {
    ProcessTable table = read(List.of(Set.of(1L), Set.of(1L, 2L)), ProcessTableTest::running);
    assertEquals(Set.of(1L, 2L), numbers(table));
  }

  @Test
  void read_eachIsGoneBeforeItIsLookedAt_isNotWhole() {
    List<Set<Long>> lists = LongStream.range(2, 100).mapToObj(pid -> Set.of(1L, pid)).toList();
    assertFalse(read(lists, pid -> pid == 1 ? running(pid) : null).isWhole());
  }
}
