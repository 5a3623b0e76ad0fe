package dev.tandem.sync;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.PermitQueue;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * At most so many at once for each key, such as a host, and if you like in total.
 *
 * <pre>{@code
 * var perHost = KeyedSemaphore.<String>of(4, 100);
 * try (var permit = perHost.acquire(host)) {
 *   fetch(host);
 * }
 * }</pre>
 *
 * <p>Keys are compared by {@code equals}. A key is remembered as long as somebody has a permit for
 * it or waits for one, and then forgotten, so any number of keys may come and go.
 *
 * <p><b>Fairness.</b> First come, first served for each key. Those who have got past their key's
 * limit then wait for the total one, first come, first served; who waits for its key takes no place
 * of the total, so a busy key does not hold up the others.
 *
 * <p><b>Cancellation.</b> An acquire that throws took nothing, and a task that gave up waiting is
 * never handed a permit. Releasing happens-before the acquire that takes the permit.
 *
 * @param <K> what there is a limit for each of
 */
public final class KeyedSemaphore<K> {

  private final int perKey;
  private final int total;
  private final PermitQueue all;

  // A place is changed only inside the map's atomic updates of its key.
  private final ConcurrentHashMap<K, Place> places = new ConcurrentHashMap<>();

  private KeyedSemaphore(int perKey, int total) {
    this.perKey = perKey;
    this.total = total;
    this.all = new PermitQueue(total, this::awaitedTotal);
  }

  /**
   * At most {@code perKey} at once for each key.
   *
   * @throws IllegalArgumentException when {@code perKey} is below 1
   */
  public static <K> KeyedSemaphore<K> of(int perKey) {
    return of(perKey, Integer.MAX_VALUE);
  }

  /**
   * At most {@code perKey} at once for each key, and {@code total} for all keys together.
   *
   * @throws IllegalArgumentException when {@code perKey} or {@code total} is below 1
   */
  public static <K> KeyedSemaphore<K> of(int perKey, int total) {
    return new KeyedSemaphore<>(
        Names.atLeastOne(perKey, "perKey"), Names.atLeastOne(total, "total"));
  }

  /**
   * Takes a permit for {@code key}, waiting in turn for one.
   *
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Permit acquire(K key) throws InterruptedException {
    return take(key, TaskRuntime.NEVER).orElseThrow();
  }

  /** Takes a permit for {@code key} if one is free and nobody waits for it. */
  public Optional<Permit> tryAcquire(K key) {
    Place place = enter(key);
    if (place.queue.tryAcquire(1)) {
      if (all.tryAcquire(1)) {
        return Optional.of(permit(key, place));
      }
      place.queue.release(1);
    }
    leave(key);
    return Optional.empty();
  }

  /**
   * Takes a permit for {@code key}, waiting in turn, but not longer than {@code atMost}.
   *
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws InterruptedException when cancelled or interrupted; then no permit was taken
   */
  public Optional<Permit> tryAcquire(K key, Duration atMost) throws InterruptedException {
    requireNonNull(key, "key");
    long nanos = Durations.positive(requireNonNull(atMost, "atMost"), "atMost");
    return take(key, Durations.after(Context.currentRuntime().now(), nanos));
  }

  /** What goes on for one key, at one moment. */
  public Statistics statistics(K key) {
    Place place = places.get(requireNonNull(key, "key"));
    if (place == null) {
      return new Statistics(perKey, perKey, 0);
    }
    PermitQueue.Snapshot now = place.queue.snapshot();
    return new Statistics(perKey, (int) now.available(), now.waiting());
  }

  /** The total limit at one moment; who waits for its key is not in it. */
  public Statistics statistics() {
    PermitQueue.Snapshot now = all.snapshot();
    return new Statistics(total, (int) now.available(), now.waiting());
  }

  /** How many keys somebody has a permit for, or waits for. */
  public int keys() {
    return places.size();
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "KeyedSemaphore["
        + perKey
        + " for each of "
        + keys()
        + " keys, "
        + now.taken()
        + (total == Integer.MAX_VALUE ? " taken" : "/" + total + " taken")
        + ", waiting "
        + now.waiting()
        + "]";
  }

  private Optional<Permit> take(K key, long deadline) throws InterruptedException {
    Place place = enter(key);
    boolean ofKey = false;
    boolean ofAll = false;
    try {
      ofKey = place.queue.acquire(1, deadline);
      ofAll = ofKey && all.acquire(1, deadline);
      return ofAll ? Optional.of(permit(key, place)) : Optional.empty();
    } finally {
      if (!ofAll) {
        if (ofKey) {
          place.queue.release(1);
        }
        leave(key);
      }
    }
  }

  private Awaited awaitedTotal() {
    return Awaited.of("keyed semaphore").in("in total " + all.snapshot().inWords(total));
  }

  private Permit permit(K key, Place place) {
    return new Permit(
        place.queue,
        1,
        () -> {
          all.release(1);
          leave(key);
        });
  }

  private Place enter(K key) {
    return places.compute(requireNonNull(key, "key"), (same, place) -> entered(key, place));
  }

  private Place entered(K key, @Nullable Place place) {
    Place entered = place == null ? new Place(key, perKey) : place;
    entered.users++;
    return entered;
  }

  private void leave(K key) {
    places.computeIfPresent(key, (same, place) -> --place.users == 0 ? null : place);
  }

  private static final class Place {
    final PermitQueue queue;
    int users;

    Place(Object key, int permits) {
      queue = new PermitQueue(permits, () -> awaited(key, permits));
    }

    private Awaited awaited(Object key, int permits) {
      return Awaited.of("keyed semaphore")
          .named(String.valueOf(key))
          .in(queue.snapshot().inWords(permits));
    }
  }

  /**
   * A consistent view of one limit.
   *
   * @param permits how many there are
   * @param available how many are free
   * @param waiting how many tasks wait
   */
  public record Statistics(int permits, int available, int waiting) {

    /** How many are out. */
    public int taken() {
      return permits - available;
    }
  }
}
