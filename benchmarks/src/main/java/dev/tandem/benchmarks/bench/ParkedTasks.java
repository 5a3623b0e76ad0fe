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
  private static final int HEAP_GIGABYTES = 6;
  private static final Map<String, Work> NAMES = Map.of("bytes", BYTES, "cancel", CANCEL);

  private ParkedTasks() {}

  static List<Probe> probes(String tandem, String bareThreads, Tempo tempo) {
    Duration estimate = Duration.ofSeconds(15);
    return List.of(
        java(tandem, "tandem", estimate),
        java(bareThreads, "threads", estimate),
        Asyncio.once("parked", MILLION, NAMES, estimate));
  }

  private static Probe java(String contender, String variant, Duration estimate) {
    List<String> command =
        List.of(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xms" + HEAP_GIGABYTES + "g",
            "-Xmx" + HEAP_GIGABYTES + "g",
            "-cp",
            System.getProperty("java.class.path"),
            Parked.class.getName(),
            variant,
            Integer.toString(MILLION));
    return new ProcessProbe(contender, NAMES, command, "", estimate);
  }
}
