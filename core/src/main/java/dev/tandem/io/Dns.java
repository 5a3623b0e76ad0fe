package dev.tandem.io;

import dev.tandem.AbandonableOffload;
import dev.tandem.Offload;
import dev.tandem.Work;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Names to addresses. The system's look-up takes no notice of interrupts, so it runs beside the
 * caller: one that is cancelled goes on at once, and the look-up ends when it ends.
 */
final class Dns {

  /** The look-up itself, which may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  private static final AbandonableOffload LOOKUPS =
      Offload.threads(Defaults.NAME_LOOKUPS).named("name look-up").abandonOnCancel();

  static final Dns SYSTEM = new Dns(InetAddress::getAllByName);

  private final Lookup lookup;

  Dns(Lookup lookup) {
    this.lookup = lookup;
  }

  /** All addresses of a host, in the order to try them; an address is its own. */
  InetAddress[] addresses(String host) throws UnknownHostException, InterruptedException {
    if (host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c))) {
      return literal(host);
    }
    Work<InetAddress[], UnknownHostException> answer = LOOKUPS.run(() -> ask(host));
    return answer.run();
  }

  private static InetAddress[] literal(String host) throws UnknownHostException {
    try {
      return new InetAddress[] {InetAddress.ofLiteral(host)};
    } catch (IllegalArgumentException notOne) {
      throw (UnknownHostException) new UnknownHostException(host).initCause(notOne);
    }
  }

  /** A failure is an answer too: nobody wants to hear of it when the caller has gone. */
  private Work<InetAddress[], UnknownHostException> ask(String host) {
    try {
      InetAddress[] found = lookup.lookup(host);
      return () -> found;
    } catch (UnknownHostException unknown) {
      return () -> {
        throw unknown;
      };
    }
  }
}
