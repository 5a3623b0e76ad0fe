package dev.tandem.benchmarks.bench;

import dev.tandem.benchmarks.parked.Parked;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Very many tasks that wait, each contender in a process that does nothing else. */
final class ParkedTasks {

  static final Work BYTES = Work.bytes("a million parked tasks: bytes each");
  static final Work CANCEL = Work.time("a million parked tasks: cancel all");

  private static final int MILLION = 1_000_000;

  /** What a task needs hardly depends on how many there are, so a quick run takes fewer. */
  private static final int QUICK = 250_000;

  private static final int HEAP_BYTES_EACH = 6_000;
  private static final Map<String, Work> NAMES = Map.of("bytes", BYTES, "cancel", CANCEL);

  private ParkedTasks() {}

  static List<Probe> probes(String tandem, String bareThreads, String found, Tempo tempo) {
    int count = tempo == Tempo.QUICK ? QUICK : MILLION;
    Duration estimate = Duration.ofSeconds(tempo == Tempo.QUICK ? 6 : 20);
    return List.of(
        java(tandem, "tandem", count, estimate),
        java(bareThreads, "threads", count, estimate),
        java(found, "found", count, estimate),
        Asyncio.once("parked", count, NAMES, estimate));
  }

  private static Probe java(String contender, String variant, int count, Duration estimate) {
    long heapMegabytes = (long) count * HEAP_BYTES_EACH / MILLION;
    List<String> command =
        List.of(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            // What is compiled when depends on nothing but the program: on no other process.
            "-Xbatch",
            "-Xms" + heapMegabytes + "m",
            "-Xmx" + heapMegabytes + "m",
            "-cp",
            System.getProperty("java.class.path"),
            Parked.class.getName(),
            variant,
            Integer.toString(count));
    return new ProcessProbe(contender, NAMES, command, "", estimate);
  }
}
