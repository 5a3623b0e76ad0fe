package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static java.util.Comparator.comparing;
import static java.util.stream.IntStream.rangeClosed;

import dev.tandem.Tandem;
import dev.tandem.inspect.Observation;
import dev.tandem.inspect.ObservedTask;
import dev.tandem.inspect.ObservedWait;
import dev.tandem.inspect.TaskObserver;
import dev.tandem.inspect.WaitEnd;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The same calls one by one and together: the sum of their times against the time of the slowest.
 * The pictures are drawn from what an observer saw of each call.
 */
public final class SyncVsConcurrent implements Sample {

  private static final int COLUMNS_PER_SECOND = 4;

  @Override
  public void run() throws InterruptedException {
    compare(50, ofSeconds(2));
    compare(2, ofSeconds(3));
    compare(3, ofSeconds(2));
  }

  private static void compare(int count, Duration each) throws InterruptedException {
    List<String> names = rangeClosed(1, count).mapToObj(number -> "call " + number).toList();
    IO.println(count + " x " + Elapsed.seconds(each) + ":");
    Instant start = Tandem.now();
    var calls = new Calls();
    try (var _ = Observation.of(calls)) {
      oneByOne(names, each);
    }
    IO.println("  one by one: " + Elapsed.since(start));
    calls.draw();

    start = Tandem.now();
    calls = new Calls();
    try (var _ = Observation.of(calls)) {
      together(names, each);
    }
    IO.println("  together: " + Elapsed.since(start));
    calls.draw();
  }

  private static void oneByOne(List<String> names, Duration each) throws InterruptedException {
    for (String name : names) {
      call(name, each);
    }
  }

  private static List<String> together(List<String> names, Duration each)
      throws InterruptedException {
    // asyncio:
    //   for name in names:  # one by one
    //       await call(name, each)
    //
    //   # together
    //   return await asyncio.gather(*[call(name, each) for name in names])
    //
    // Tandem:
    return gather(names, name -> call(name, each));
  }

  private static String call(String name, Duration time) throws InterruptedException {
    sleep(time);
    return name;
  }

  /** When each call began and ended. */
  private static final class Calls implements TaskObserver {

    private record Bar(Duration from, Duration to) {}

    private final Map<Long, Duration> begun = new ConcurrentHashMap<>();
    private final Queue<Bar> bars = new ConcurrentLinkedQueue<>();

    @Override
    public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
      begun.put(task.id(), at);
    }

    @Override
    public void waitEnded(Duration at, ObservedTask task, ObservedWait wait, WaitEnd end) {
      Duration from = begun.remove(task.id());
      if (wait.isSleep() && from != null) {
        bars.add(new Bar(from, at));
      }
    }

    void draw() {
      if (bars.size() > 3) {
        return;
      }
      List<Bar> inOrder = bars.stream().sorted(comparing(Bar::from)).toList();
      Duration start = inOrder.getFirst().from();
      int number = 1;
      for (Bar bar : inOrder) {
        String before = " ".repeat(columns(bar.from().minus(start)));
        IO.println(
            "    call "
                + number++
                + ": "
                + before
                + "█".repeat(columns(bar.to().minus(bar.from()))));
      }
      Duration all = inOrder.getLast().to().minus(start);
      IO.println("    time:   0" + " ".repeat(columns(all) - 1) + all.toSeconds() + " s");
    }

    private static int columns(Duration time) {
      return (int) Math.round(time.toMillis() / 1000.0 * COLUMNS_PER_SECOND);
    }
  }
}
