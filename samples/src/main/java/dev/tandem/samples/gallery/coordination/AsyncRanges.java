package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Tandem;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers that take their time, for a plain loop: from a class of one's own, and generated. */
public final class AsyncRanges implements Sample {

  private static final class AsyncRange extends AsyncIterator<Integer> {

    private final int end;
    private int current;

    AsyncRange(int start, int end) {
      this.current = start;
      this.end = end;
    }

    @Override
    protected @Nullable Integer advance() throws InterruptedException {
      if (current >= end) {
        return null;
      }
      sleep(ofMillis(100));
      return current++;
    }
  }

  private static AsyncIterator<Integer> asyncRange(int start, int end) throws InterruptedException {
    // asyncio:
    //   async def async_range(start, end):
    //       for i in range(start, end):
    //           await asyncio.sleep(0.1)
    //           yield i
    //
    // Tandem:
    return AsyncIterator.generate(
        out -> {
          for (int i = start; i < end; i++) {
            sleep(ofMillis(100));
            out.emit(i);
          }
        });
  }

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    try (var numbers = new AsyncRange(0, 5)) {
      for (int number : numbers) {
        IO.println(number);
      }
    }
    IO.println("by a class: " + Elapsed.since(start));

    start = Tandem.now();
    try (var numbers = asyncRange(0, 5)) {
      for (int number : numbers) {
        IO.println(number);
      }
    }
    IO.println("by a generator: " + Elapsed.since(start));
  }
}
