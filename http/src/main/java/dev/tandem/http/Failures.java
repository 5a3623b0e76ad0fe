package dev.tandem.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What went wrong on a connection, in terms of the caller's. */
final class Failures {

  private static final int CAUSES = 16;

  private Failures() {}

  static HttpException connecting(Outgoing request, IOException failed) {
    String url = request.url.toString();
    Origin origin = request.url.origin();
    if (failed instanceof HandshakeException) {
      return handshake(request, failed);
    }
    String what =
        switch (failed) {
          case UnknownHostException _ ->
              "the host " + origin.host() + " is unknown; check its name and the resolver";
          case NoRouteToHostException _ -> "no route to " + origin.host();
          case ConnectException _ ->
              "nothing accepts connections at " + origin + " (" + failed.getMessage() + ")";
          default -> "no connection to " + origin + ": " + failed.getMessage();
        };
    return new HttpConnectException(request.method, url, what, failed);
  }

  static HttpException exchanging(Outgoing request, boolean answered, IOException failed) {
    String url = request.url.toString();
    if (failed instanceof ProtocolException) {
      return new HttpProtocolException(
          request.method, url, "the answer is not proper HTTP: " + failed.getMessage(), failed);
    }
    String when =
        answered
            ? "the connection was lost in the middle of the response: "
            : "the connection was lost before any response: ";
    return new ConnectionLostException(request.method, url, when + failed.getMessage(), failed);
  }

  private static HttpException handshake(Outgoing request, IOException failed) {
    Throwable refused = failed.getCause() == null ? failed : failed.getCause();
    String reason = certificateFault(refused);
    String what =
        reason == null
            ? "the TLS handshake failed: " + refused.getMessage()
            : "the certificate is not trusted: "
                + reason
                + "; trust its issuer with sslContext, or in a lab allow any with verifyTls(false)";
    return new TlsException(request.method, request.url.toString(), what, reason != null, refused);
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
