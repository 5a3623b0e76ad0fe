package dev.tandem.io;

import dev.tandem.internal.Errands;
import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * TLS tells its peer that it closes, so that the peer can tell the end from an attack. That may
 * have to wait for a peer that does not read, and nobody wants to wait for long: after a moment the
 * socket is closed under it.
 */
final class Farewell {

  private Farewell() {}

  /**
   * Ends what is said on this side.
   *
   * @param says whether that is still to be told
   * @param hears whether what comes until the peer has ended is read, and thrown away
   */
  static void say(SSLSocket secured, SocketChannel raw, boolean says, boolean hears) {
    if (!says && !hears) {
      return;
    }
    TaskRuntime real = RealRuntime.INSTANCE;
    TaskRuntime.Timer timer =
        real.schedule(
            real.now() + Defaults.TLS_FAREWELL.toNanos(),
            () -> Errands.run(() -> closeQuietly(raw)));
    try {
      if (says) {
        secured.shutdownOutput();
      }
      if (hears) {
        raw.shutdownOutput();
        raw.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      // The peer will have to do without.
    } finally {
      timer.cancel();
    }
  }

  /**
   * A server may send tickets for later sessions when TLS has begun. Who never reads does not know
   * of them, and a socket that is closed with something unread throws away what it was to send.
   */
  static boolean mayBeUnread(SSLSocket secured, @Nullable TlsInput incoming) {
    return incoming != null
        && !incoming.wasAsked()
        && secured.getSession().getProtocol().equals(TlsSettings.HALF_CLOSING);
  }

  static void closeQuietly(SocketChannel raw) {
    try {
      raw.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
