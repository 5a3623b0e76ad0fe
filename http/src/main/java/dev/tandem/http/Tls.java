package dev.tandem.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of one client, 1.2 or newer; made when it is first needed. */
final class Tls {

  private static final System.Logger LOG = System.getLogger(Tls.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final boolean verify;
  private final @Nullable SSLContext given;
  private final AtomicReference<@Nullable SSLSocketFactory> factory = new AtomicReference<>();

  Tls(boolean verify, @Nullable SSLContext given) {
    this.verify = verify;
    this.given = given;
  }

  /** Shakes hands over a connected socket, which stays the caller's to close. */
  SSLSocket over(Socket raw, Origin origin) throws IOException {
    // The socket is not closed along with the one over it: closing TLS may block, raw does not.
    SSLSocket socket = (SSLSocket) factory().createSocket(raw, origin.host(), origin.port(), false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    if (verify) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLSocketFactory factory() throws IOException {
    SSLSocketFactory known = factory.get();
    if (known != null) {
      return known;
    }
    try {
      SSLSocketFactory made = context().getSocketFactory();
      SSLSocketFactory before = factory.compareAndExchange(null, made);
      return before == null ? made : before;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private SSLContext context() throws GeneralSecurityException {
    if (given != null) {
      return given;
    }
    if (verify) {
      return SSLContext.getDefault();
    }
    if (WARNED.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "a client does not verify TLS certificates: verifyTls(false)");
    }
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
    return trusting;
  }

  /**
   * Trusts any certificate. It has to be an extended one: around a plain trust manager the JDK puts
   * checks of its own.
   */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
