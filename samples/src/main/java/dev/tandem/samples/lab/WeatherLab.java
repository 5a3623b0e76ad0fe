package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.util.Objects.requireNonNull;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.io.TcpConnection;
import dev.tandem.io.TcpServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fake weather service: plain HTTP on a port of the loopback, a background task of a group.
 *
 * <pre>{@code
 * TaskGroup.run(group -> {
 *   WeatherLab weather = WeatherLab.start(group);
 *   try (var client = AsyncHttpClient.builder().baseUrl(weather.baseUrl()).build()) {
 *     client.get("/data/2.5/weather?lat=54.3&lon=10.1").raiseForStatus().json();
 *   }
 * });
 * }</pre>
 *
 * <p>Each answer takes 200 ms. The further north, the colder; and each time that a place is asked
 * for, it is half a degree warmer there.
 */
public final class WeatherLab {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Pattern REQUEST =
      Pattern.compile("GET /data/2\\.5/weather\\?lat=([\\d.-]+)&lon=([\\d.-]+) HTTP/1\\.1");
  private static final double WARM = 7;

  private final TcpServer server;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  private WeatherLab(TcpServer server) {
    this.server = server;
  }

  /**
   * Starts it; it ends with the group.
   *
   * @throws IOException when no port can be opened
   */
  public static WeatherLab start(TaskGroup group) throws IOException, InterruptedException {
    requireNonNull(group, "group");
    var lab = new WeatherLab(group.own(TcpServer.listen("127.0.0.1", 0)));
    group.startDaemon("weather service", () -> lab.server.serve(lab::converse));
    return lab;
  }

  /** Where it is: {@code http://127.0.0.1:40001}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  private void converse(TcpConnection connection) throws IOException, InterruptedException {
    String request = connection.readLine();
    while (request != null) {
      skipHeaders(connection);
      Tandem.sleep(ofMillis(200));
      connection.write(answer(request));
      request = connection.readLine();
    }
  }

  /** None of them changes the answer. */
  private static void skipHeaders(TcpConnection connection)
      throws IOException, InterruptedException {
    String header = connection.readLine();
    while (header != null && !header.isEmpty()) {
      header = connection.readLine();
    }
  }

  private byte[] answer(String request) {
    Matcher place = REQUEST.matcher(request);
    boolean isKnown = place.matches();
    String body = isKnown ? report(place).toString() : "{\"message\":\"no such thing\"}";
    String head =
        String.join(
            "\r\n",
            "HTTP/1.1 " + (isKnown ? "200 OK" : "404 Not Found"),
            "Content-Type: application/json",
            "Content-Length: " + body.getBytes(UTF_8).length,
            "",
            "");
    return (head + body).getBytes(UTF_8);
  }

  private ObjectNode report(Matcher place) {
    int before = asked.merge(place.group(), 1, Integer::sum) - 1;
    double temperature = 60 - Double.parseDouble(place.group(1)) + 0.5 * before;
    ObjectNode report = MAPPER.createObjectNode();
    report
        .putArray("weather")
        .addObject()
        .put("description", temperature > WARM ? "clear sky" : "light rain");
    report.putObject("main").put("temp", temperature);
    return report;
  }
}
