package dev.tandem.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an {@link AsyncHttpClient} is to be. Each method returns this builder. Timeouts are exact to
 * the nanosecond except for the read timeout, which is rounded up to whole milliseconds.
 */
public final class AsyncHttpClientBuilder {

  private @Nullable Url base;
  private Headers headers = Headers.empty();
  private @Nullable String authorization;
  private boolean verifyTls = true;
  private @Nullable SSLContext sslContext;
  private Duration connect = Defaults.CONNECT_TIMEOUT;
  private @Nullable Duration pool;
  private @Nullable Duration read = Defaults.READ_TIMEOUT;
  private @Nullable Duration total = Defaults.TOTAL_TIMEOUT;
  private int maxConnections = Defaults.MAX_CONNECTIONS;
  private @Nullable Integer maxConnectionsPerHost;
  private Duration keepAlive = Defaults.KEEP_ALIVE;
  private long maxBody = Defaults.MAX_BODY;
  private @Nullable JsonMapper mapper;

  AsyncHttpClientBuilder() {}

  /**
   * Where paths go: {@code https://ise:9060/ers/config} and {@code /endpoint} make {@code
   * https://ise:9060/ers/config/endpoint}. Credentials and secret headers of this client are then
   * sent to the origin of this URL only.
   *
   * @throws IllegalArgumentException when it is no http or https URL, carries a user name, or has a
   *     query
   */
  public AsyncHttpClientBuilder baseUrl(String url) {
    requireNonNull(url, "url");
    Url parsed = Url.parse(url);
    if (parsed.target().indexOf('?') >= 0) {
      throw new IllegalArgumentException("a base URL must not have a query: " + parsed);
    }
    base = parsed;
    return this;
  }

  /**
   * Sends a header with every request that does not set its own of that name.
   *
   * @throws IllegalArgumentException when the name is not a token, the value has a line break or
   *     another control character, or the client sets the header itself
   */
  public AsyncHttpClientBuilder header(String name, String value) {
    Headers more = headers.with(name, value);
    RequestBody.checkNotFraming(name);
    headers = more;
    return this;
  }

  /**
   * Sends user name and password with every request, unasked (RFC 7617, in UTF-8). Without a base
   * URL they go wherever requests go.
   *
   * @throws IllegalArgumentException when the user name has a colon, or either a control character
   */
  public AsyncHttpClientBuilder basicAuth(String username, String password) {
    requireNonNull(username, "username");
    requireNonNull(password, "password");
    Checks.credential("the user name", username);
    Checks.credential("the password", password);
    if (username.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user name for basic auth must not have a colon");
    }
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
    return this;
  }

  /**
   * Whether the server's certificate has to be trusted and to be made out to the host; on by
   * default. Off, anybody on the way can read and change what is sent: for labs and devices with
   * self-made certificates. It holds for this client only.
   */
  public AsyncHttpClientBuilder verifyTls(boolean verify) {
    verifyTls = verify;
    return this;
  }

  /**
   * TLS by this context: its trusted certificates, its client certificate. The host name is checked
   * all the same, unless {@code verifyTls(false)} is set.
   */
  public AsyncHttpClientBuilder sslContext(SSLContext context) {
    sslContext = requireNonNull(context, "context");
    return this;
  }

  /** For name lookup, TCP connect and TLS handshake together; 10 seconds by default. */
  public AsyncHttpClientBuilder connectTimeout(Duration timeout) {
    connect = ClientSettings.positive(timeout, "connectTimeout");
    return this;
  }

  /** For the wait for a free connection; by default there is none but the total timeout. */
  public AsyncHttpClientBuilder poolTimeout(Duration timeout) {
    pool = ClientSettings.positive(timeout, "poolTimeout");
    return this;
  }

  /** How long a server may be silent while it is awaited; 30 seconds by default. */
  public AsyncHttpClientBuilder readTimeout(Duration timeout) {
    read = ClientSettings.positive(timeout, "readTimeout");
    return this;
  }

  /** Lets servers be silent for as long as they like. */
  public AsyncHttpClientBuilder noReadTimeout() {
    read = null;
    return this;
  }

  /** For the whole call, from the wait for a connection to the body's end; by default 5 minutes. */
  public AsyncHttpClientBuilder totalTimeout(Duration timeout) {
    total = ClientSettings.positive(timeout, "totalTimeout");
    return this;
  }

  /** Lets calls take as long as they like. */
  public AsyncHttpClientBuilder noTotalTimeout() {
    total = null;
    return this;
  }

  /** How many connections there may be to all hosts together; 100 by default. */
  public AsyncHttpClientBuilder maxConnections(int limit) {
    maxConnections = Checks.atLeastOne(limit, "maxConnections");
    return this;
  }

  /** How many connections there may be to one host and port; by default as many as in total. */
  public AsyncHttpClientBuilder maxConnectionsPerHost(int limit) {
    maxConnectionsPerHost = Checks.atLeastOne(limit, "maxConnectionsPerHost");
    return this;
  }

  /** How long an idle connection is kept; 5 seconds by default. Zero keeps none. */
  public AsyncHttpClientBuilder keepAliveExpiry(Duration expiry) {
    if (expiry.isNegative()) {
      throw new IllegalArgumentException(
          "keepAliveExpiry must not be negative, but was " + expiry + "; pass zero or more");
    }
    keepAlive = expiry;
    return this;
  }

  /** How many bytes of a body are read into memory at most; 64 MiB by default. */
  public AsyncHttpClientBuilder maxBodySize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxBodySize must not be negative, but was " + bytes);
    }
    maxBody = bytes;
    return this;
  }

  /** What writes and reads JSON; by default a mapper as Jackson makes it. */
  public AsyncHttpClientBuilder jsonMapper(JsonMapper newMapper) {
    mapper = requireNonNull(newMapper, "newMapper");
    return this;
  }

  /** The client. The builder can go on to make others. */
  public AsyncHttpClient build() {
    ClientSettings settings = settings();
    Dns dns = new Dns(java.net.InetAddress::getAllByName);
    Tls tls = new Tls(settings.verifyTls(), settings.sslContext());
    return new AsyncHttpClient(settings, new SocketTransport(dns, tls, settings.read()));
  }

  /** Shows no credentials. */
  @Override
  public String toString() {
    return "AsyncHttpClientBuilder[" + (base == null ? "no base URL" : base) + "]";
  }

  ClientSettings settings() {
    return new ClientSettings(
        base,
        headers,
        authorization,
        verifyTls,
        sslContext,
        connect,
        pool,
        read,
        total,
        maxConnections,
        maxConnectionsPerHost == null ? maxConnections : maxConnectionsPerHost,
        keepAlive,
        maxBody,
        mapper == null ? JsonMapper.shared() : mapper);
  }
}
