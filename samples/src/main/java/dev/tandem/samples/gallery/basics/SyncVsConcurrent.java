package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static java.util.stream.IntStream.rangeClosed;

import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The same calls one by one and together: the sum of their times against the time of the slowest.
 * The picture is drawn from when each call began and ended.
 */
public final class SyncVsConcurrent implements Sample {

  private static final int COLUMNS_PER_SECOND = 4;

  private record Call(String name, Instant from, Instant to) {}

  @Override
  public void run() throws InterruptedException {
    compare("node ", 50, ofSeconds(2));
    compare("site ", 2, ofSeconds(3));
    compare("task ", 3, ofSeconds(2));
  }

  private static void compare(String kind, int count, Duration each) throws InterruptedException {
    List<String> names = rangeClosed(1, count).mapToObj(number -> kind + number).toList();

    // asyncio:
    //   one_by_one = []
    //   for name in names:
    //       one_by_one.append(await call(name, each))
    //
    //   together = await asyncio.gather(
    //       *[call(name, each) for name in names])
    //
    // Tandem:
    List<Call> oneByOne = new ArrayList<>();
    for (String name : names) {
      oneByOne.add(call(name, each));
    }
    List<Call> together = gather(names, name -> call(name, each));

    IO.println(count + " x " + Elapsed.seconds(each) + ":");
    show("one by one", oneByOne);
    show("together", together);
    IO.println();
  }

  private static Call call(String name, Duration time) throws InterruptedException {
    Instant from = Tandem.now();
    sleep(time);
    return new Call(name, from, Tandem.now());
  }

  private static void show(String how, List<Call> calls) {
    Instant start = calls.getFirst().from();
    Duration all = Duration.between(start, calls.getLast().to());
    IO.println("  " + how + ": " + Elapsed.seconds(all));
    if (calls.size() > 3) {
      return;
    }
    for (Call call : calls) {
      int before = columns(Duration.between(start, call.from()));
      int bar = columns(Duration.between(call.from(), call.to()));
      IO.println("    " + call.name() + ": " + " ".repeat(before) + "█".repeat(bar));
    }
    IO.println("    time:   0" + (all.toSeconds() + " s").indent(columns(all) - 1).stripTrailing());
  }

  private static int columns(Duration time) {
    return Math.toIntExact(Math.round(time.toMillis() / 1000.0 * COLUMNS_PER_SECOND));
  }
}
