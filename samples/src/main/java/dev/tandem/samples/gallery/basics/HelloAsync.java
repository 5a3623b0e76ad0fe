package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;

/**
 * A first program: it says something, waits, and says the rest.
 *
 * <p>There is no event loop to start or to find. A method that waits is called like any other and
 * gives its result, not a coroutine. Where the code runs can be asked at any time.
 */
public final class HelloAsync implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   async def main():
    //       print("Hello")
    //       await asyncio.sleep(0.5)
    //       print("... asyncio!")
    //
    //   asyncio.run(main())
    //
    // Tandem:
    Tandem.run(
        main -> {
          IO.println("Hello");
          sleep(ofMillis(500));
          IO.println("... Tandem!");
        });

    IO.println("that took " + Elapsed.since(start));
    IO.println("a call is just a call: " + greeting());

    TaskGroup.run(
        "greeters",
        group -> {
          Task<String> polite = group.start("polite", Tandem::currentPath);
          IO.println("the current group: " + group);
          IO.println("the current task: " + polite.await());
        });
  }

  private static String greeting() throws InterruptedException {
    sleep(ofMillis(500));
    return "Hello, Tandem!";
  }
}
