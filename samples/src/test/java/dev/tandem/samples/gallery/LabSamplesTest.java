package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the samples print in the lab: the same facts, from a real server. */
@Timeout(300)
final class LabSamplesTest {

  @Test
  void asyncDatabase_onPostgres_printsRowsAndIsRefusedOutside() throws Exception {
    assertEquals(
        Optional.empty(),
        Expectation.of(
                """
                Connecting to jdbc:postgresql://127.0.0.1:<number>/postgres
                [{name=Ada}, {name=Grace}]
                Disconnecting
                outside the block: Not connected
                after <number> s
                """)
            .difference(Rehearsal.inLab(exhibit("async-database")).output()));
  }

  @Test
  void pages_fromANode_areReadUntilOneIsEmpty() throws Exception {
    assertEquals(
        Optional.empty(),
        Expectation.of(
                """
                GET /endpoint?size=100&page=1 gave 100
                GET /endpoint?size=100&page=2 gave 100
                GET /endpoint?size=100&page=3 gave 53
                GET /endpoint?size=100&page=4 gave 0
                client closed
                253 items, 253 different, <number> s
                GET /endpoint?size=100&page=1 gave 100
                00:23:70:81:09:00 is enough
                client closed
                """)
            .difference(Rehearsal.inLab(exhibit("async-generator-pages")).output()));
  }

  /** How many rounds fit into twelve seconds, and which city is first, is up to the machine. */
  @Test
  void weather_fromAService_isThatOnVirtualTime() throws Exception {
    Exhibit exhibit = exhibit("pub-sub-weather");
    List<String> expected = exhibit.expected().lines().toList();
    List<String> printed = new ArrayList<>(Rehearsal.inLab(exhibit).output().lines().toList());
    assertEquals(expected.getLast(), printed.removeLast());
    for (String city : List.of("Kiel", "Berlin", "München")) {
      List<String> readings = of(city, printed);
      assertFalse(readings.isEmpty(), city);
      assertEquals(of(city, expected).subList(0, readings.size()), readings);
    }
    assertEquals(List.of(), printed.stream().filter(line -> !expected.contains(line)).toList());
  }

  private static List<String> of(String city, List<String> lines) {
    return lines.stream().filter(line -> line.startsWith(city + ": ")).toList();
  }

  private static Exhibit exhibit(String id) {
    return Gallery.EXHIBITS.stream().filter(e -> e.id().equals(id)).findFirst().orElseThrow();
  }
}
