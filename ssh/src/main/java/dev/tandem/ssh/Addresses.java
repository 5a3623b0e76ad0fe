package dev.tandem.ssh;

import dev.tandem.AbandonableOffload;
import dev.tandem.Offload;
import dev.tandem.Work;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Finds the address of a host. */
final class Addresses {

  /**
   * The system's look-up takes no notice of interrupts, so a caller that is cancelled leaves it.
   */
  private static final AbandonableOffload LOOK_UPS =
      Offload.threads(Defaults.NAME_LOOK_UPS).named("name look-up").abandonOnCancel();

  private Addresses() {}

  /**
   * Waits for the name service if it must; the wait can be cancelled, the look-up goes on alone.
   */
  static InetSocketAddress resolve(SshTarget target)
      throws SshConnectException, InterruptedException {
    if (isLiteral(target.host())) {
      try {
        return new InetSocketAddress(InetAddress.ofLiteral(target.host()), target.port());
      } catch (IllegalArgumentException e) {
        throw new SshConnectException(target, "this is no IP address", e);
      }
    }
    try {
      Work<InetAddress, UnknownHostException> answer = LOOK_UPS.run(() -> ask(target.host()));
      return new InetSocketAddress(answer.run(), target.port());
    } catch (UnknownHostException e) {
      throw new SshConnectException(target, "unknown host", e);
    }
  }

  /**
   * A failure is an answer too: nobody wants to hear of one that comes when the caller has left.
   */
  private static Work<InetAddress, UnknownHostException> ask(String host) {
    try {
      InetAddress found = InetAddress.getByName(host);
      return () -> found;
    } catch (UnknownHostException unknown) {
      return () -> {
        throw unknown;
      };
    }
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
