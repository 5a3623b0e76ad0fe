package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.io.Subprocess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the tree says of waits for what happens outside, which takes real time. */
@Timeout(60)
final class WaitsOutsideShownTest {

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void dump_process_showsItsNumber() throws Exception {
    shows(
        "a  waits for process 'sleep' \\(pid \\d+\\)",
        group -> group.start("a", () -> Subprocess.of("sleep", "100").run()));
  }

  @Test
  void dump_offloadedWork_showsWhatItIs() throws Exception {
    var gate = new CountDownLatch(1);
    try {
      shows(
          "a  waits for offloaded work 'slow' held by a/slow",
          group ->
              group.start(
                  "a", () -> Offload.threads(1).named("slow").run(() -> gate.await(9, SECONDS))));
    } finally {
      gate.countDown();
    }
  }

  @Test
  void dump_socket_showsWhereTheTaskIs() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      shows(
          "a  running at"
              + " dev\\.tandem\\.WaitsOutsideShownTest\\.\\S+\\(WaitsOutsideShownTest.java:\\d+\\)",
          group -> group.start("a", () -> server.accept()));
    }
  }

  private static void shows(String line, GroupAction<Exception> program) throws Exception {
    var pattern = Pattern.compile(line);
    TaskGroup.run(
        (TaskGroup group) -> {
          program.run(group);
          String dump = "";
          while (!pattern.matcher(dump).find() && group.dump().lines().count() > 1) {
            dump = group.dump();
          }
          assertTrue(pattern.matcher(dump).find(), dump);
          group.cancel("seen");
        });
  }
}
