package dev.tandem.io;

import dev.tandem.internal.Errands;
import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;

/**
 * TLS tells its peer that it closes, so that the peer can tell the end from an attack. That may
 * have to wait for a peer that does not read, and nobody wants to wait for long: after a moment the
 * socket is closed under it.
 */
final class Farewell {

  private Farewell() {}

  static void say(SSLSocket secured, SocketChannel raw) {
    TaskRuntime real = RealRuntime.INSTANCE;
    TaskRuntime.Timer timer =
        real.schedule(
            real.now() + Defaults.TLS_FAREWELL.toNanos(),
            () -> Errands.run(() -> closeQuietly(raw)));
    try {
      secured.shutdownOutput();
    } catch (IOException e) {
      // The peer will have to do without.
    } finally {
      timer.cancel();
    }
  }

  static void closeQuietly(SocketChannel raw) {
    try {
      raw.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
