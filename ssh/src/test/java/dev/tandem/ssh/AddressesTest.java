package dev.tandem.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.CancelledException;
import dev.tandem.TaskGroup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class AddressesTest {

  @Test
  void resolve_literal_isTakenAsItIs() throws Exception {
    var found = Addresses.resolve(new SshTarget("127.0.0.2", 22));
    assertEquals(InetAddress.ofLiteral("127.0.0.2"), found.getAddress());
  }

  @Test
  void resolve_name_isLookedUp() throws Exception {
    assertTrue(Addresses.resolve(new SshTarget("localhost", 22)).getAddress().isLoopbackAddress());
  }

  @Test
  void resolve_nameThatNobodyCanHave_isAConnectExceptionWithTheCause() {
    var target = new SshTarget("x".repeat(300), 22);
    var failure = assertThrows(SshConnectException.class, () -> Addresses.resolve(target));
    assertInstanceOf(UnknownHostException.class, failure.getCause());
  }

  @Test
  void resolve_callerIsCancelled_doesNotAsk() throws Exception {
    TaskGroup.run(
        group -> {
          group.cancel("enough");
          assertThrows(
              CancelledException.class, () -> Addresses.resolve(new SshTarget("localhost", 22)));
        });
  }
}
