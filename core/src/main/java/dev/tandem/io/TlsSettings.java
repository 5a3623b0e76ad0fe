package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Durations;
import dev.tandem.internal.Lists;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How a connection shall be secured. By default TLS 1.2 or 1.3, certificates that the JDK trusts,
 * and a certificate that is made out for the host connected to.
 *
 * <pre>{@code
 * TcpSettings secure = TcpSettings.DEFAULT.tls(TlsSettings.DEFAULT.context(ofOurCompany));
 * try (var connection = secure.open("mail.example.com", 993)) {
 *   println(connection.readLine());
 * }
 * }</pre>
 *
 * <p>A value of this type is immutable and may be used again. For a server, the context must have a
 * key.
 */
public final class TlsSettings {

  /** The JDK's trusted certificates, and the host's name is verified. */
  public static final TlsSettings DEFAULT =
      new TlsSettings(null, null, null, List.of(), true, true, Defaults.TLS_HANDSHAKE);

  /** The first version in which one direction can end and the other go on. */
  static final String HALF_CLOSING = "TLSv1.3";

  private static final String[] VERSIONS = {HALF_CLOSING, "TLSv1.2"};

  private final @Nullable SSLContext context;
  private final @Nullable SSLParameters parameters;
  private final @Nullable String serverName;
  private final List<String> protocols;
  private final boolean verifiesHost;
  final boolean wantsFarewell;
  final Duration handshakeTimeout;

  private TlsSettings(
      @Nullable SSLContext context,
      @Nullable SSLParameters parameters,
      @Nullable String serverName,
      List<String> protocols,
      boolean verifiesHost,
      boolean wantsFarewell,
      Duration handshakeTimeout) {
    this.context = context;
    this.parameters = parameters;
    this.serverName = serverName;
    this.protocols = protocols;
    this.verifiesHost = verifiesHost;
    this.wantsFarewell = wantsFarewell;
    this.handshakeTimeout = handshakeTimeout;
  }

  /** Keys and trusted certificates. */
  public TlsSettings context(SSLContext context) {
    requireNonNull(context, "context");
    return new TlsSettings(
        context, parameters, serverName, protocols, verifiesHost, wantsFarewell, handshakeTimeout);
  }

  /**
   * Versions, ciphers, client authentication and the rest. A client still verifies the host, by the
   * rules of HTTPS unless these name others; {@link #withoutHostVerification} is how not to.
   */
  public TlsSettings parameters(SSLParameters parameters) {
    requireNonNull(parameters, "parameters");
    return new TlsSettings(
        context, parameters, serverName, protocols, verifiesHost, wantsFarewell, handshakeTimeout);
  }

  /** The name that the certificate must be made out for, if that is not the host connected to. */
  public TlsSettings serverName(String serverName) {
    return new TlsSettings(
        context,
        parameters,
        Peers.host(serverName),
        protocols,
        verifiesHost,
        wantsFarewell,
        handshakeTimeout);
  }

  /** The application protocols offered, the preferred first; ALPN. */
  public TlsSettings applicationProtocols(String... protocols) {
    return new TlsSettings(
        context,
        parameters,
        serverName,
        Lists.copyOf(protocols, "protocols"),
        verifiesHost,
        wantsFarewell,
        handshakeTimeout);
  }

  /**
   * Any certificate that is trusted will do, whoever it is made out for. Whoever has one can then
   * pose as the server.
   */
  public TlsSettings withoutHostVerification() {
    return new TlsSettings(
        context, parameters, serverName, protocols, false, wantsFarewell, handshakeTimeout);
  }

  /**
   * How long a handshake may take, from its first byte on; 60 seconds by default, as in asyncio. A
   * handshake that takes longer fails with {@link TlsFailedException}, and the connection is
   * closed.
   *
   * @throws IllegalArgumentException when {@code handshakeTimeout} is not longer than zero
   */
  public TlsSettings handshakeTimeout(Duration handshakeTimeout) {
    Durations.positive(handshakeTimeout, "handshakeTimeout");
    return new TlsSettings(
        context, parameters, serverName, protocols, verifiesHost, wantsFarewell, handshakeTimeout);
  }

  /**
   * A peer that ends the connection without TLS's farewell, its {@code close_notify}, is taken to
   * have said all, as asyncio does it. By default that is a {@link ConnectionCutException}, because
   * anybody on the way can end a connection so, and what came is then only a part. Fit for a
   * protocol that tells itself where its messages end, and peers that never say farewell.
   */
  public TlsSettings withoutFarewell() {
    return new TlsSettings(
        context, parameters, serverName, protocols, verifiesHost, false, handshakeTimeout);
  }

  /** The name to verify, and to tell the server. */
  String nameFor(String host) {
    return serverName == null ? host : serverName;
  }

  SSLContext context() throws TlsFailedException {
    if (context != null) {
      return context;
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new TlsFailedException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * What to set on a socket.
   *
   * @param offered what the socket has by itself
   */
  SSLParameters parametersFor(SSLParameters offered, boolean client) {
    SSLParameters result = parameters == null ? offered : copyOf(parameters, offered);
    if (parameters == null || parameters.getProtocols() == null) {
      result.setProtocols(VERSIONS);
    }
    if (!protocols.isEmpty()) {
      result.setApplicationProtocols(protocols.toArray(String[]::new));
    }
    if (client && serverName != null && !looksLikeAddress(serverName)) {
      result.setServerNames(List.of(new SNIHostName(serverName)));
    }
    if (!client || !verifiesHost) {
      result.setEndpointIdentificationAlgorithm(null);
    } else if (result.getEndpointIdentificationAlgorithm() == null) {
      result.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return result;
  }

  private static boolean looksLikeAddress(String name) {
    return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || Character.isDigit(c));
  }

  /** The caller's parameters are the caller's to change. */
  private static SSLParameters copyOf(SSLParameters given, SSLParameters offered) {
    var copy = new SSLParameters();
    copy.setCipherSuites(
        given.getCipherSuites() == null ? offered.getCipherSuites() : given.getCipherSuites());
    copy.setProtocols(given.getProtocols());
    if (given.getNeedClientAuth()) {
      copy.setNeedClientAuth(true);
    } else {
      copy.setWantClientAuth(given.getWantClientAuth());
    }
    copy.setAlgorithmConstraints(given.getAlgorithmConstraints());
    copy.setEndpointIdentificationAlgorithm(given.getEndpointIdentificationAlgorithm());
    copy.setServerNames(
        given.getServerNames() == null ? offered.getServerNames() : given.getServerNames());
    copy.setSNIMatchers(given.getSNIMatchers());
    copy.setUseCipherSuitesOrder(given.getUseCipherSuitesOrder());
    copy.setEnableRetransmissions(given.getEnableRetransmissions());
    copy.setMaximumPacketSize(given.getMaximumPacketSize());
    copy.setApplicationProtocols(given.getApplicationProtocols());
    copy.setSignatureSchemes(given.getSignatureSchemes());
    copy.setNamedGroups(given.getNamedGroups());
    return copy;
  }
}
