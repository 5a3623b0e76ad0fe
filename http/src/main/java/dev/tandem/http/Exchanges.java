package dev.tandem.http;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.http.ConnectionPool.Lease;
import dev.tandem.http.HttpTimeoutException.Phase;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does one request after the other, of any number of tasks, each from its start to its end. */
final class Exchanges {

  private final ClientSettings settings;
  private final ConnectionPool pool;

  Exchanges(ClientSettings settings, ConnectionPool pool) {
    this.settings = settings;
    this.pool = pool;
  }

  Response run(Request request) throws HttpException, InterruptedException {
    Tandem.checkpoint();
    Outgoing outgoing = prepare(request);
    Duration total = request.timeout == null ? settings.total() : request.timeout;
    return Thread.currentThread().isVirtual()
        ? limited(outgoing, total)
        : onVirtualThread(outgoing, total);
  }

  private Outgoing prepare(Request request) {
    Url url = Url.resolve(settings.base(), request.target, request.params);
    boolean trusted = settings.base() == null || settings.base().origin().equals(url.origin());
    Headers defaults = trusted ? settings.headers() : settings.headers().withoutSecrets();
    Headers headers = request.headers.orElse(defaults);
    if (trusted && settings.authorization() != null && !headers.contains("Authorization")) {
      headers = headers.plus("Authorization", settings.authorization());
    }
    if (!headers.contains("User-Agent")) {
      headers = headers.plus("User-Agent", Defaults.USER_AGENT);
    }
    if (!headers.contains("Accept")) {
      headers = headers.plus("Accept", "*/*");
    }
    byte[] body = null;
    if (request.body != null) {
      body = request.body.bytes(settings.mapper());
      if (!request.headers.contains("Content-Type")) {
        headers = headers.with("Content-Type", request.body.contentType());
      }
    }
    return new Outgoing(request.method, url, headers, body);
  }

  /** Either a response, or what the caller is to catch. */
  private record Ending(@Nullable Response response, @Nullable Exception failure) {}

  /** Interrupts do not reach a platform thread in a socket, but cancellation reaches a child. */
  private Response onVirtualThread(Outgoing outgoing, @Nullable Duration total)
      throws HttpException, InterruptedException {
    Ending ending =
        TaskGroup.<Ending, RuntimeException>run(
            group -> {
              Task<Ending> task = group.start("http request", () -> ending(outgoing, total));
              return task.await();
            });
    return switch (ending.failure) {
      case null -> java.util.Objects.requireNonNull(ending.response);
      case HttpException failure -> throw failure;
      case RuntimeException failure -> throw failure;
      case Exception other -> throw new IllegalStateException(other);
    };
  }

  private Ending ending(Outgoing outgoing, @Nullable Duration total) throws InterruptedException {
    try {
      return new Ending(limited(outgoing, total), null);
    } catch (HttpException | RuntimeException failure) {
      return new Ending(null, failure);
    }
  }

  private Response limited(Outgoing outgoing, @Nullable Duration total)
      throws HttpException, InterruptedException {
    if (total == null) {
      return leased(outgoing);
    }
    try {
      return Tandem.<Response, HttpException>timeout(total, () -> leased(outgoing));
    } catch (DeadlineExceededException late) {
      throw timeout(outgoing, Phase.TOTAL, total, late);
    }
  }

  private Response leased(Outgoing outgoing) throws HttpException, InterruptedException {
    try (Lease lease = lease(outgoing)) {
      Connection kept = lease.reuse();
      if (kept != null) {
        try {
          return exchange(outgoing, lease, kept);
        } catch (ConnectionLostException lost) {
          if (kept.isAnswered() || !outgoing.isIdempotent() || pool.isClosed()) {
            throw lost;
          }
        }
      }
      return exchange(outgoing, lease, connect(outgoing, lease));
    }
  }

  private Lease lease(Outgoing outgoing) throws HttpException, InterruptedException {
    Duration limit = settings.pool();
    if (limit == null) {
      return pool.lease(outgoing.url.origin());
    }
    try {
      return Tandem.<Lease, RuntimeException>timeout(
          limit, () -> pool.lease(outgoing.url.origin()));
    } catch (DeadlineExceededException late) {
      throw timeout(outgoing, Phase.POOL, limit, late);
    }
  }

  private Connection connect(Outgoing outgoing, Lease lease)
      throws HttpException, InterruptedException {
    try {
      return Tandem.<Connection, IOException>timeout(settings.connect(), lease::connect);
    } catch (DeadlineExceededException late) {
      throw timeout(outgoing, Phase.CONNECT, settings.connect(), late);
    } catch (IOException failed) {
      Tandem.checkpoint();
      throw Failures.connecting(outgoing, failed);
    }
  }

  private Response exchange(Outgoing outgoing, Lease lease, Connection connection)
      throws HttpException, InterruptedException {
    boolean reusable = false;
    try {
      Head head = connection.exchange(outgoing);
      byte[] body = BodyReader.readAll(connection, head, outgoing, settings.maxBody());
      reusable = connection.isReusable();
      return new Response(outgoing.method, outgoing.url, head, body, settings.mapper());
    } catch (HttpException failure) {
      throw failure;
    } catch (IOException failed) {
      connection.abort();
      // An interrupt closes the socket, and then the socket's complaint is not the news.
      Tandem.checkpoint();
      if (pool.isClosed()) {
        throw new IllegalStateException("the client was closed during the call", failed);
      }
      if (failed instanceof SocketTimeoutException && settings.read() != null) {
        throw timeout(outgoing, Phase.READ, settings.read(), failed);
      }
      throw Failures.exchanging(outgoing, connection.isAnswered(), failed);
    } finally {
      lease.release(connection, reusable);
    }
  }

  private static HttpTimeoutException timeout(
      Outgoing outgoing, Phase phase, Duration limit, Exception cause) {
    return new HttpTimeoutException(outgoing.method, outgoing.url.toString(), phase, limit, cause);
  }
}
