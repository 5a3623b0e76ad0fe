package dev.tandem.http;

import dev.tandem.internal.Context;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.Permit;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client's connections: how many there may be, and which are kept for further requests. */
final class ConnectionPool implements AutoCloseable {

  /*
   * A request first takes a place at its host and one in total, and gives both back at its end. It
   * holds at most one connection meanwhile, and makes one only when none of its host is idle, so a
   * host never has more connections than places. Those of all hosts may be more, for idle ones
   * hold no place: before a connection is made, idle ones of other hosts make room for it.
   */

  private final Transport transport;
  private final int limit;
  private final int hostLimit;
  private final long keepAlive;
  private final AsyncSemaphore places;
  private final ConcurrentHashMap<Origin, Host> hosts = new ConcurrentHashMap<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong lastSweep = new AtomicLong();

  // Volatile: set by whoever closes the pool, read by every request.
  private volatile boolean closed;

  ConnectionPool(Transport transport, int limit, int hostLimit, Duration keepAlive) {
    this.transport = transport;
    this.limit = limit;
    this.hostLimit = hostLimit;
    this.keepAlive = ClientSettings.nanos(keepAlive);
    this.places = AsyncSemaphore.of(limit);
  }

  /**
   * Takes the places for a request, waiting in turn for them. Close the lease to give them back.
   */
  Lease lease(Origin origin) throws InterruptedException {
    checkOpen();
    Host host = join(origin);
    Permit atHost = null;
    Permit inTotal = null;
    try {
      // At the host first: those who wait for a busy host must not hold up the others.
      atHost = take(host.places);
      inTotal = take(places);
      var lease = new Lease(origin, host, atHost, inTotal);
      checkOpen();
      atHost = null;
      inTotal = null;
      host = null;
      return lease;
    } finally {
      if (inTotal != null) {
        inTotal.close();
      }
      if (atHost != null) {
        atHost.close();
      }
      if (host != null) {
        leave(origin);
      }
    }
  }

  /** Closes every connection, those in use too; requests under way fail. */
  @Override
  public void close() {
    closed = true;
    for (Host host : hosts.values()) {
      for (Host.Idle idle = host.oldest(); idle != null; idle = host.oldest()) {
        discard(idle.connection());
      }
    }
    connections.forEach(Connection::abort);
  }

  boolean isClosed() {
    return closed;
  }

  ClientStatistics statistics() {
    AsyncSemaphore.Statistics total = places.statistics();
    int idle = 0;
    int waiting = total.waiting();
    for (Host host : hosts.values()) {
      idle += host.idle.size();
      waiting += host.places.statistics().waiting();
    }
    return new ClientStatistics(open.get(), idle, total.permits() - total.available(), waiting);
  }

  /** How many origins are remembered; those without connections and requests are not. */
  int hostCount() {
    return hosts.size();
  }

  private static Permit take(AsyncSemaphore semaphore) throws InterruptedException {
    Optional<Permit> free = semaphore.tryAcquire();
    return free.isPresent() ? free.get() : semaphore.acquire();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  @SuppressWarnings("NullAway") // the function given to compute returns no null
  private Host join(Origin origin) {
    return hosts.compute(
        origin,
        (key, known) -> {
          Host host = known == null ? new Host(hostLimit) : known;
          host.users++;
          return host;
        });
  }

  private void leave(Origin origin) {
    hosts.computeIfPresent(
        origin,
        (key, host) -> {
          host.users--;
          return host.isUnused() ? null : host;
        });
  }

  private void discard(Connection connection) {
    connection.abort();
    if (connections.remove(connection)) {
      open.decrementAndGet();
    }
  }

  private void makeRoom() {
    while (true) {
      int now = open.get();
      if (now >= limit && closeOldestIdle()) {
        continue;
      }
      // Above the limit only for a moment: somebody else is closing a connection right now.
      if (open.compareAndSet(now, now + 1)) {
        return;
      }
    }
  }

  private boolean closeOldestIdle() {
    for (Origin origin : hosts.keySet()) {
      Host host = hosts.get(origin);
      Host.Idle idle = host == null ? null : host.oldest();
      if (idle != null) {
        discard(idle.connection());
        forgetUnused(origin);
        return true;
      }
    }
    return false;
  }

  private void sweep(long now) {
    long last = lastSweep.get();
    if (now - last < Defaults.SWEEP_INTERVAL.toNanos() || !lastSweep.compareAndSet(last, now)) {
      return;
    }
    hosts.forEach(
        (origin, host) -> {
          Host.Idle idle = host.expired(now - keepAlive);
          while (idle != null) {
            discard(idle.connection());
            idle = host.expired(now - keepAlive);
          }
          forgetUnused(origin);
        });
  }

  private void forgetUnused(Origin origin) {
    hosts.computeIfPresent(origin, (key, host) -> host.isUnused() ? null : host);
  }

  private static long now() {
    return Context.currentRuntime().now();
  }

  /** The places of one request, and its way to connections. Used by one thread. */
  final class Lease implements AutoCloseable {

    private final Origin origin;
    private final Host host;
    private final Permit atHost;
    private final Permit inTotal;

    private Lease(Origin origin, Host host, Permit atHost, Permit inTotal) {
      this.origin = origin;
      this.host = host;
      this.atHost = atHost;
      this.inTotal = inTotal;
    }

    /** A connection that was used before and seems to be open still; null when there is none. */
    @Nullable Connection reuse() {
      long now = now();
      for (Host.Idle idle = host.newest(); idle != null; idle = host.newest()) {
        long idleFor = now - idle.since();
        boolean thoroughly = idleFor > Defaults.TRUSTED_IDLE.toNanos();
        if (idleFor < keepAlive && idle.connection().isOpen(thoroughly)) {
          return idle.connection();
        }
        discard(idle.connection());
      }
      return null;
    }

    /** A new connection. */
    Connection connect() throws IOException, InterruptedException {
      makeRoom();
      Connection made = null;
      try {
        made = transport.connect(origin);
        connections.add(made);
      } finally {
        if (made == null) {
          open.decrementAndGet();
        }
      }
      if (closed) {
        discard(made);
        checkOpen();
      }
      return made;
    }

    /** Ends the use of a connection, which is kept if another request may follow on it. */
    void release(Connection connection, boolean reusable) {
      if (!reusable || closed || keepAlive == 0) {
        ConnectionPool.this.discard(connection);
        return;
      }
      var idle = new Host.Idle(connection, now());
      host.idle.addFirst(idle);
      if (closed && host.idle.remove(idle)) {
        ConnectionPool.this.discard(connection);
      }
    }

    @Override
    public void close() {
      inTotal.close();
      atHost.close();
      leave(origin);
      sweep(now());
    }
  }
}
