package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.security.NoSuchAlgorithmException;
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
  public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, List.of(), true);

  /** The first version in which one direction can end and the other go on. */
  static final String HALF_CLOSING = "TLSv1.3";

  private static final String[] VERSIONS = {HALF_CLOSING, "TLSv1.2"};

  private final @Nullable SSLContext context;
  private final @Nullable SSLParameters parameters;
  private final @Nullable String serverName;
  private final List<String> protocols;
  private final boolean verifiesHost;

  private TlsSettings(
      @Nullable SSLContext context,
      @Nullable SSLParameters parameters,
      @Nullable String serverName,
      List<String> protocols,
      boolean verifiesHost) {
    this.context = context;
    this.parameters = parameters;
    this.serverName = serverName;
    this.protocols = protocols;
    this.verifiesHost = verifiesHost;
  }

  /** Keys and trusted certificates. */
  public TlsSettings context(SSLContext context) {
    return new TlsSettings(
        requireNonNull(context, "context"), parameters, serverName, protocols, verifiesHost);
  }

  /**
   * Versions, ciphers, client authentication and the rest. A client still verifies the host, by the
   * rules of HTTPS unless these name others; {@link #withoutHostVerification} is how not to.
   */
  public TlsSettings parameters(SSLParameters parameters) {
    return new TlsSettings(
        context, requireNonNull(parameters, "parameters"), serverName, protocols, verifiesHost);
  }

  /** The name that the certificate must be made out for, if that is not the host connected to. */
  public TlsSettings serverName(String serverName) {
    return new TlsSettings(context, parameters, Peers.host(serverName), protocols, verifiesHost);
  }

  /** The application protocols offered, the preferred first; ALPN. */
  public TlsSettings applicationProtocols(String... protocols) {
    return new TlsSettings(
        context,
        parameters,
        serverName,
        List.of(requireNonNull(protocols, "protocols")),
        verifiesHost);
  }

  /**
   * Any certificate that is trusted will do, whoever it is made out for. Whoever has one can then
   * pose as the server.
   */
  public TlsSettings withoutHostVerification() {
    return new TlsSettings(context, parameters, serverName, protocols, false);
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
