package dev.tandem.http;

import dev.tandem.sync.AsyncSemaphore;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** What a pool knows of one origin: its limit and its idle connections, the latest used first. */
final class Host {

  /** An idle connection, and the moment since when it is. */
  record Idle(Connection connection, long since) {}

  final AsyncSemaphore places;
  final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

  /** Requests under way; read and written only inside the pool map's atomic updates. */
  int users;

  Host(int limit) {
    places = AsyncSemaphore.of(limit);
  }

  /** The connection that was used last: the one least likely to have been closed. */
  @Nullable Idle newest() {
    return idle.pollFirst();
  }

  /** The connection that was used longest ago. */
  @Nullable Idle oldest() {
    return idle.pollLast();
  }

  /** The connection that was used longest ago, if that was before {@code moment}. */
  @Nullable Idle expired(long moment) {
    Idle last = idle.peekLast();
    return last != null && last.since() <= moment && idle.remove(last) ? last : null;
  }

  boolean isUnused() {
    return users == 0 && idle.isEmpty();
  }
}
