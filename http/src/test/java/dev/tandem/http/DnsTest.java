package dev.tandem.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tandem.TaskGroup;
import dev.tandem.TaskState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DnsTest {

  @Test
  void addresses_literal_needsNoLookup() throws Exception {
    var dns =
        new Dns(
            host -> {
              throw new AssertionError("looked up " + host);
            });
    assertEquals("127.0.0.1", dns.addresses("127.0.0.1")[0].getHostAddress());
    assertEquals("0:0:0:0:0:0:0:1", dns.addresses("::1")[0].getHostAddress());
  }

  @Test
  void addresses_name_areThoseOfTheLookup() throws Exception {
    InetAddress[] two = {InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.3")};
    assertArrayEquals(two, new Dns(host -> two).addresses("ise"));
  }

  @Test
  void addresses_unknown_isThrownAsItself() {
    var dns =
        new Dns(
            host -> {
              throw new UnknownHostException("no " + host);
            });
    var error = assertThrows(UnknownHostException.class, () -> dns.addresses("ise"));
    assertEquals("no ise", error.getMessage());
    assertThrows(UnknownHostException.class, () -> dns.addresses("999.1.1.1"));
  }

  @Test
  void cancel_lookupThatHangs_isNotWaitedFor() throws Exception {
    var inside = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var dns =
        new Dns(
            host -> {
              inside.countDown();
              takingNoNoticeOfInterrupts(release);
              return new InetAddress[0];
            });
    try {
      TaskGroup.run(
          group -> {
            var call = group.start("lookup", () -> dns.addresses("ise"));
            inside.await();
            call.cancel("enough");
            FaultServer.until(() -> call.outcome().isPresent());
            assertEquals(TaskState.CANCELLED, call.state());
          });
    } finally {
      release.countDown();
    }
  }

  private static void takingNoNoticeOfInterrupts(CountDownLatch release) {
    while (true) {
      try {
        release.await();
        return;
      } catch (InterruptedException ignored) {
        // As the system's lookup does.
      }
    }
  }
}
