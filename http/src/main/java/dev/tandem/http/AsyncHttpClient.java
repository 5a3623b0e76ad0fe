package dev.tandem.http;

import static java.util.Objects.requireNonNull;

/**
 * An HTTP client for code that waits: a call returns the response, and blocks its virtual thread
 * until then.
 *
 * <pre>{@code
 * try (var ise = AsyncHttpClient.builder()
 *     .baseUrl("https://ise.example:9060/ers/config")
 *     .basicAuth(user, password)
 *     .header("Accept", "application/json")
 *     .build()) {
 *   JsonNode info = ise.get("/deploymentinfo/getAllInfo").raiseForStatus().json();
 * }
 * }</pre>
 *
 * <p>One client serves any number of tasks at once and keeps connections for further requests; make
 * one and share it. Closing it closes its connections and fails the calls under way.
 *
 * <p><b>Cancellation.</b> A call that is cancelled, times out or is interrupted closes its
 * connection at once, gives back its place under the limits, and throws. The request may have
 * reached the server. On a platform thread, whose sockets know no interrupts, the call runs in a
 * child task.
 *
 * <p><b>Repetition.</b> A request is sent a second time in one case only: the connection was kept
 * from an earlier request, failed before any byte of a response came, and the method is idempotent.
 *
 * <p>Redirects are not followed. A response's body is read into memory, up to a limit.
 */
public final class AsyncHttpClient implements AutoCloseable {

  private final ClientSettings settings;
  private final ConnectionPool pool;
  private final Exchanges exchanges;

  AsyncHttpClient(ClientSettings settings, Transport transport) {
    this.settings = settings;
    this.pool =
        new ConnectionPool(
            transport,
            settings.maxConnections(),
            settings.maxConnectionsPerHost(),
            settings.keepAlive());
    this.exchanges = new Exchanges(settings, pool);
  }

  /** Starts with the defaults, which suit most servers. */
  public static AsyncHttpClientBuilder builder() {
    return new AsyncHttpClientBuilder();
  }

  /**
   * Does a request.
   *
   * @return the response, whatever its status, with its whole body
   * @throws HttpConnectException when there is no connection to the server
   * @throws TlsException when the TLS handshake failed
   * @throws HttpTimeoutException when a timeout passed; it names which
   * @throws ConnectionLostException when the connection broke before the response was complete
   * @throws HttpProtocolException when the response is not HTTP/1.1
   * @throws BodyTooLargeException when the response's body is beyond the limit
   * @throws InterruptedException when cancelled or interrupted
   * @throws IllegalArgumentException when the URL is not one, or the body cannot be written as JSON
   * @throws IllegalStateException when the client is closed
   */
  public Response request(Request request) throws HttpException, InterruptedException {
    requireNonNull(request, "request");
    return exchanges.run(request);
  }

  /** A GET request; see {@link #request} for how it may fail. */
  public Response get(String target) throws HttpException, InterruptedException {
    return request(Request.get(target));
  }

  /** A POST request that carries JSON; see {@link #request} for how it may fail. */
  public Response post(String target, Object json) throws HttpException, InterruptedException {
    return request(Request.post(target).json(json));
  }

  /** A PUT request that carries JSON; see {@link #request} for how it may fail. */
  public Response put(String target, Object json) throws HttpException, InterruptedException {
    return request(Request.put(target).json(json));
  }

  /** A DELETE request; see {@link #request} for how it may fail. */
  public Response delete(String target) throws HttpException, InterruptedException {
    return request(Request.delete(target));
  }

  /** The client's connections at this moment. */
  public ClientStatistics statistics() {
    return pool.statistics();
  }

  /** Closes all connections, those of calls under way too. Further calls do nothing. */
  @Override
  public void close() {
    pool.close();
  }

  /** The base URL and the connections; no credentials. */
  @Override
  public String toString() {
    return "AsyncHttpClient[" + settings + ", " + statistics() + "]";
  }

  /** How many origins are remembered. */
  int hostCount() {
    return pool.hostCount();
  }
}
