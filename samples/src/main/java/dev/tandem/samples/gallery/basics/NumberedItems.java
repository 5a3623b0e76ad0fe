package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.Indexed;
import dev.tandem.samples.gallery.Sample;
import java.util.List;

/** Elements with their numbers, from 0 or from elsewhere, of what is there and of what comes. */
public final class NumberedItems implements Sample {

  @Override
  public void run() throws InterruptedException {
    List<String> fruits = List.of("apple", "banana", "cherry");

    // asyncio:
    //   for i, fruit in enumerate(fruits):
    //       print(i, fruit)
    //
    //   for i, fruit in enumerate(fruits, start=1):
    //       print(i, fruit)
    //
    // Tandem:
    for (var each : Indexed.over(fruits)) {
      IO.println(each.index() + " " + each.item());
    }
    for (var each : Indexed.over(fruits, 1)) {
      IO.println(each.index() + " " + each.item());
    }

    try (var arriving = arriving(fruits).indexed(10)) {
      for (var each : arriving) {
        IO.println(each.index() + " " + each.item() + " arrived");
      }
    }
  }

  private static AsyncIterator<String> arriving(List<String> fruits) throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          for (String fruit : fruits) {
            sleep(ofSeconds(1));
            out.emit(fruit);
          }
        });
  }
}
