package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Three cities publish their weather every five seconds, and one reader prints it. Who publishes
 * and who reads know only the queue. After twelve seconds the main work waits until everything has
 * been printed, and the others end with their group.
 */
public final class PubSubWeather implements Sample {

  private record Point(double latitude, double longitude, String label) {}

  private record Weather(Point point, double temperature, String description) {}

  private static final List<Point> POINTS =
      List.of(
          new Point(54.305902, 10.123282, "Kiel"),
          new Point(52.521021, 13.381268, "Berlin"),
          new Point(48.144049, 11.575928, "München"));

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    var queue = AsyncQueue.<Weather>unbounded();

    // asyncio:
    //   asyncio.create_task(consume())
    //   await asyncio.gather(*[produce(p) for p in points])
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          group.startDaemon("reader", () -> consume(queue));
          POINTS.forEach(p -> group.startDaemon(p.label(), () -> produce(p, queue, start)));
          sleep(ofSeconds(12));
          queue.join();
        });

    var statistics = queue.statistics();
    IO.println(
        "left in the queue: " + queue.size() + ", not dealt with: " + statistics.unfinished());
  }

  private static void produce(Point point, AsyncQueue<Weather> queue, Instant start)
      throws InterruptedException {
    while (true) {
      Weather weather = askTheStation(point, start);
      queue.put(weather);
      sleep(ofSeconds(5));
    }
  }

  private static void consume(AsyncQueue<Weather> queue) throws InterruptedException {
    while (true) {
      Weather weather = queue.take();
      IO.println(
          String.format(
              Locale.ROOT,
              "%s: %.1f :: %s",
              weather.point().label(),
              weather.temperature(),
              weather.description()));
      queue.taskDone();
    }
  }

  /** Stands for a call of a weather service, which takes 200 ms. */
  private static Weather askTheStation(Point point, Instant start) throws InterruptedException {
    sleep(ofMillis(200));
    long round = Duration.between(start, Tandem.now()).toSeconds() / 5;
    double temperature = 60 - point.latitude() + 0.5 * round;
    return new Weather(point, temperature, temperature > 7 ? "clear sky" : "light rain");
  }
}
