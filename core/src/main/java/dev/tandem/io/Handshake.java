package dev.tandem.io;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** From a socket to TLS over it. */
final class Handshake {

  private static final int CAUSES = 16;

  private Handshake() {}

  /** Shakes hands over a connected socket, in the time there is; the socket is not closed. */
  static SSLSocket inTime(Socket raw, String host, TlsSettings settings, boolean client)
      throws IOException, InterruptedException {
    try {
      return Tandem.<SSLSocket, IOException>timeout(
          "TLS handshake", settings.handshakeTimeout, () -> over(raw, host, settings, client));
    } catch (DeadlineExceededException late) {
      throw new TlsFailedException(
          "the TLS handshake with "
              + host
              + " took longer than "
              + settings.handshakeTimeout
              + ", see TlsSettings.handshakeTimeout",
          late);
    }
  }

  private static SSLSocket over(Socket raw, String host, TlsSettings settings, boolean client)
      throws IOException {
    String name = settings.nameFor(host);
    // The socket is not closed along with the one over it: closing TLS may block, raw does not.
    var socket =
        (SSLSocket)
            settings.context().getSocketFactory().createSocket(raw, name, raw.getPort(), false);
    socket.setUseClientMode(client);
    socket.setSSLParameters(settings.parametersFor(socket.getSSLParameters(), client));
    try {
      socket.startHandshake();
      return socket;
    } catch (ClosedChannelException | SocketException lost) {
      throw lost;
    } catch (SSLException refused) {
      throw failure(host, refused);
    }
  }

  private static TlsFailedException failure(String host, SSLException refused) {
    String fault = certificateFault(refused);
    return new TlsFailedException(
        fault == null
            ? "the TLS handshake with " + host + " failed: " + refused.getMessage()
            : "the certificate of " + host + " is not trusted: " + fault,
        refused);
  }

  private static @Nullable String certificateFault(Throwable refused) {
    Throwable link = refused;
    for (int depth = 0; link != null && depth < CAUSES; depth++) {
      if (link instanceof CertificateException || link instanceof SSLPeerUnverifiedException) {
        return String.valueOf(link.getMessage());
      }
      link = link.getCause();
    }
    return null;
  }
}
