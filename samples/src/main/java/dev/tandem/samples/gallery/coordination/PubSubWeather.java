package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.HttpException;
import dev.tandem.http.Request;
import dev.tandem.samples.gallery.LabSample;
import dev.tandem.samples.lab.WeatherLab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Three cities publish their weather every five seconds, and one reader prints it. Who publishes
 * and who reads know only the queue. After twelve seconds the main work waits until everything has
 * been printed, and the others end with their group. With {@code --lab} they ask a weather service
 * by HTTP.
 */
public final class PubSubWeather implements LabSample {

  private record Point(double latitude, double longitude, String label) {}

  private record Weather(Point point, double temperature, String description) {}

  private static final List<Point> POINTS =
      List.of(
          new Point(54.305902, 10.123282, "Kiel"),
          new Point(52.521021, 13.381268, "Berlin"),
          new Point(48.144049, 11.575928, "München"));

  /** Who knows the weather. */
  private interface Station {
    Weather ask(Point point) throws HttpException, InterruptedException;
  }

  @Override
  public void run() throws Exception {
    Instant start = Tandem.now();
    publishAndRead(point -> simulated(point, start));
  }

  @Override
  public void runInLab() throws Exception {
    TaskGroup.<Exception>run(
        group -> {
          WeatherLab lab = WeatherLab.start(group);
          try (var client = AsyncHttpClient.builder().baseUrl(lab.baseUrl()).build()) {
            publishAndRead(point -> byHttp(point, client));
          }
        });
  }

  private static void publishAndRead(Station station) throws InterruptedException {
    var queue = AsyncQueue.<Weather>unbounded();

    // asyncio:
    //   asyncio.create_task(consume())
    //   await asyncio.gather(*[produce(p) for p in points])
    //
    // Tandem:
    TaskGroup.run(
        group -> {
          group.startDaemon("reader", () -> consume(queue));
          POINTS.forEach(p -> group.startDaemon(p.label(), () -> produce(p, queue, station)));
          sleep(ofSeconds(12));
          queue.join();
        });

    var statistics = queue.statistics();
    IO.println(
        "left in the queue: " + queue.size() + ", not dealt with: " + statistics.unfinished());
  }

  private static void produce(Point point, AsyncQueue<Weather> queue, Station station)
      throws HttpException, InterruptedException {
    while (true) {
      queue.put(station.ask(point));
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

  private static Weather byHttp(Point point, AsyncHttpClient client)
      throws HttpException, InterruptedException {
    var request =
        Request.get("/data/2.5/weather")
            .query("lat", point.latitude())
            .query("lon", point.longitude());
    var report = client.request(request).raiseForStatus().json();
    return new Weather(
        point,
        report.path("main").path("temp").asDouble(),
        report.path("weather").path(0).path("description").asString());
  }

  /** Stands for a call of a weather service, which takes 200 ms. */
  private static Weather simulated(Point point, Instant start) throws InterruptedException {
    sleep(ofMillis(200));
    long round = Duration.between(start, Tandem.now()).toSeconds() / 5;
    double temperature = 60 - point.latitude() + 0.5 * round;
    return new Weather(point, temperature, temperature > 7 ? "clear sky" : "light rain");
  }
}
