package dev.tandem.testing;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.race;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.GroupAction;
import dev.tandem.ReturnWhen;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.Broadcast;
import dev.tandem.flow.Select;
import dev.tandem.inspect.Timeline;
import dev.tandem.sync.KeyedSemaphore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same seed gives the same trace, whatever hash codes objects have, in every JVM. */
final class SameTraceTest {

  /** Its hash code is that of the object, another one each time. */
  private static final class Key {
    private final int number;

    Key(int number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return "k" + number;
    }
  }

  private static List<Key> keys() {
    return IntStream.range(0, 12).mapToObj(Key::new).toList();
  }

  /** Small programs that treat many alike at one moment. */
  enum Program {
    GROUP_BY {
      @Override
      void run(TaskGroup group, List<String> log) throws Exception {
        try (var all = AsyncIterator.from(keys()).groupBy(key -> key, this::named)) {
          all.consume(log::add);
        }
      }

      private List<String> named(Key key, AsyncIterator<Key> elements) throws InterruptedException {
        return elements.toList().stream().map(Key::toString).toList();
      }
    },
    MAP_CONCURRENT_FAILS {
      @Override
      void run(TaskGroup group, List<String> log) {
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (var all =
                  AsyncIterator.from(keys()).mapConcurrent(12, key -> failsFirst(key, log))) {
                all.toList();
              }
            });
      }
    },
    MAP_CONCURRENT_UNORDERED_IS_LEFT {
      @Override
      void run(TaskGroup group, List<String> log) throws Exception {
        try (var all =
            AsyncIterator.from(keys())
                .mapConcurrentUnordered(
                    12, key -> logged(key, log, () -> sleep(ofMillis(1 + key.number))))) {
          log.add("" + all.next());
        }
      }
    },
    GATHER_FAILS {
      @Override
      void run(TaskGroup group, List<String> log) {
        assertThrows(
            IllegalStateException.class, () -> gather(keys(), key -> failsFirst(key, log)));
      }
    },
    GROUP_FAILS {
      @Override
      void run(TaskGroup group, List<String> log) {
        assertThrows(
            Exception.class,
            () ->
                TaskGroup.run(
                    (TaskGroup inner) ->
                        keys().forEach(key -> inner.start(() -> failsFirst(key, log)))));
      }
    },
    KEYS_RACE_AND_WAITS {
      @Override
      void run(TaskGroup group, List<String> log) throws Exception {
        var perKey = KeyedSemaphore.<Key>of(1, 3);
        List<Key> keys = keys();
        gatherOutcomes(
            Stream.concat(keys.stream(), keys.stream()).toList(),
            key -> {
              try (var _ = perKey.acquire(key)) {
                log.add("in " + key);
                sleep(ofMillis(1));
              }
              return key;
            });
        log.add(
            "won "
                + race(
                    () -> failsFirst(keys.get(5), log),
                    () -> logged(keys.get(6), log, () -> sleep(ofMillis(3))),
                    () -> logged(keys.get(7), log, () -> sleep(ofMillis(3)))));
        List<Task<Key>> tasks = new ArrayList<>();
        for (Key key : keys) {
          tasks.add(group.start(() -> logged(key, log, () -> sleep(ofMillis(1 + key.number / 4)))));
        }
        waitFor(tasks, ReturnWhen.FIRST_COMPLETED).pending().forEach(task -> task.cancel("late"));
      }
    },
    BROADCAST_AND_SELECT {
      @Override
      void run(TaskGroup group, List<String> log) throws Exception {
        var news = Broadcast.<Key>bounded(2);
        List<AsyncQueue<Key>> queues = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          int number = i;
          var heard = news.subscribe();
          AsyncQueue<Key> queue = AsyncQueue.bounded(1);
          queues.add(queue);
          group.start(() -> heard.forEach(key -> log.add(number + " heard " + key)));
          group.start(() -> queue.put(new Key(number)));
        }
        group.start(
            () -> {
              for (int i = 0; i < 5; i++) {
                log.add("selected " + Select.takeAny(queues.get(0), queues.get(1), queues.get(2)));
              }
            });
        for (Key key : keys()) {
          news.publish(key);
        }
        news.shutdown();
        moveOnAfter(ofMillis(5), () -> sleep(ofMillis(10)));
        queues.get(0).put(new Key(100));
        queues.get(1).put(new Key(101));
      }
    };

    abstract void run(TaskGroup group, List<String> log) throws Exception;

    private static Key failsFirst(Key key, List<String> log) throws InterruptedException {
      if (key.number == 0) {
        sleep(ofMillis(5));
        throw new IllegalStateException("the first");
      }
      return logged(key, log, () -> sleep(ofMillis(50)));
    }

    private static Key logged(Key key, List<String> log, Action<InterruptedException> work)
        throws InterruptedException {
      try {
        work.run();
        log.add(key + " done");
      } catch (InterruptedException stopped) {
        log.add(key + " stopped");
        throw stopped;
      }
      return key;
    }

    /** What it did, and what is seen of that from outside. */
    final List<String> trace(VirtualRun way) throws Exception {
      List<String> log = new ArrayList<>();
      var timeline = Timeline.ofAtMost(10_000);
      GroupAction<Exception> body = group -> run(group, log);
      way.observedBy(timeline).run(body);
      log.addAll(timeline.lines());
      return log;
    }
  }

  @ParameterizedTest
  @EnumSource
  void trace_ofTheSameSeed_isTheSame(Program program) throws Exception {
    List<VirtualRun> ways = new ArrayList<>();
    ways.add(VirtualRun.IN_ORDER);
    for (long seed = 0; seed < 5; seed++) {
      ways.add(VirtualTime.seed(seed));
    }
    for (VirtualRun way : ways) {
      List<String> first = program.trace(way);
      assertTrue(first.size() > 20, first::toString);
      for (int again = 0; again < 10; again++) {
        assertEquals(first, program.trace(way), way::toString);
      }
    }
  }

  /** Prints everything there is, for a test that runs it in other JVMs. */
  public static void main(String[] arguments) throws Exception {
    for (Program program : Program.values()) {
      for (long seed = 0; seed < 3; seed++) {
        System.out.println(program + " " + seed);
        program.trace(VirtualTime.seed(seed)).forEach(System.out::println);
      }
    }
  }

  @Test
  void trace_inJvmsThatMakeOtherHashCodes_isTheSameByteForByte() throws Exception {
    assertEquals(printedWithHashCodes(2), printedWithHashCodes(5));
  }

  private static String printedWithHashCodes(int way) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=" + way,
                "-cp",
                System.getProperty("java.class.path"),
                SameTraceTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(other.getInputStream().readAllBytes(), UTF_8);
    assertTrue(other.waitFor(1, MINUTES));
    assertEquals(0, other.exitValue(), printed);
    assertTrue(printed.lines().count() > 500, printed);
    return printed;
  }
}
