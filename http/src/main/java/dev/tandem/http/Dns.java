package dev.tandem.http;

import dev.tandem.AbandonableOffload;
import dev.tandem.Offload;
import dev.tandem.Work;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Names to addresses. The system's lookup takes no notice of interrupts, so it runs beside the
 * caller: one that is cancelled leaves at once, and the lookup ends when it ends.
 */
final class Dns {

  private static final AbandonableOffload LOOKUPS =
      Offload.threads(Defaults.NAME_LOOKUPS).named("name lookup").abandonOnCancel();

  /** The lookup itself, which may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  private final Lookup system;

  Dns(Lookup system) {
    this.system = system;
  }

  /** All addresses of {@code host}, in the order to try them; an address is its own. */
  InetAddress[] addresses(String host) throws UnknownHostException, InterruptedException {
    if (looksLikeAddress(host)) {
      try {
        return new InetAddress[] {InetAddress.ofLiteral(host)};
      } catch (IllegalArgumentException notOne) {
        throw (UnknownHostException) new UnknownHostException(host).initCause(notOne);
      }
    }
    Work<InetAddress[], UnknownHostException> answer = LOOKUPS.run(() -> ask(host));
    return answer.run();
  }

  /** A failure is an answer too: nobody wants to hear of it when the caller has left. */
  private Work<InetAddress[], UnknownHostException> ask(String host) {
    try {
      InetAddress[] found = system.lookup(host);
      return () -> found;
    } catch (UnknownHostException unknown) {
      return () -> {
        throw unknown;
      };
    }
  }

  private static boolean looksLikeAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
