package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.List;

/**
 * Items of which each goes to everybody who has subscribed.
 *
 * <pre>{@code
 * var prices = Broadcast.<Price>bounded(100, SlowSubscriber.DROP_OLDEST);
 * TaskGroup.run(
 *     group -> {
 *       Subscription<Price> mine = prices.subscribe();
 *       group.start(
 *           "display",
 *           () -> {
 *             try (mine) {
 *               mine.forEach(this::show);
 *             }
 *           });
 *       for (Price price : source) {
 *         prices.publish(price);
 *       }
 *       prices.shutdown();
 *     });
 * }</pre>
 *
 * <p>A subscriber is given each item that is published after it subscribed, in that order, and has
 * room for so many that it has not taken yet. What happens when that is full is said by the {@link
 * SlowSubscriber} policy. An item that is published while nobody is subscribed is gone. A
 * subscription is the subscriber's to close, in a try statement: one that is forgotten is full for
 * ever, and so holds up all who publish, if the policy is to wait.
 *
 * <p><b>Shutdown.</b> As for {@link AsyncQueue}: from then on nothing is published, and nobody
 * subscribes. What a subscriber has not taken yet it is still given, unless by {@link
 * #shutdownNow()}.
 *
 * <p><b>Fairness.</b> Publishers who wait are served first come, first served, and all subscribers
 * see the items in the same order.
 *
 * <p><b>Cancellation.</b> A publish that throws, or says false, gave its item to nobody; one that
 * returns gave it to everybody, under the policy. Publishing an item happens-before taking it.
 *
 * <p>After the broadcast channel of tokio and the memory object streams of anyio.
 *
 * @param <E> the items
 */
public final class Broadcast<E> {

  private final Hub<E> hub;

  private Broadcast(Hub<E> hub) {
    this.hub = hub;
  }

  /**
   * A broadcast with room for {@code capacity} items in each subscription, whose publishers wait
   * for the slowest subscriber.
   *
   * @throws IllegalArgumentException when {@code capacity} is below 1
   */
  public static <E> Broadcast<E> bounded(int capacity) {
    return bounded(capacity, SlowSubscriber.WAIT);
  }

  /**
   * A broadcast with room for {@code capacity} items in each subscription.
   *
   * @param slow what happens when there is no room in one
   * @throws IllegalArgumentException when {@code capacity} is below 1
   */
  public static <E> Broadcast<E> bounded(int capacity, SlowSubscriber slow) {
    requireNonNull(slow, "slow");
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1, but was " + capacity + "; a subscriber needs some room");
    }
    return new Broadcast<>(new Hub<>(capacity, slow));
  }

  /**
   * Subscribes: from now on each item comes to the subscription too.
   *
   * @throws QueueShutDownException when the broadcast is shut down
   */
  public Subscription<E> subscribe() {
    return new Subscription<>(hub.subscribe());
  }

  /**
   * Gives an item to all subscribers; if the policy is to wait, waits in turn until all have room.
   *
   * @throws QueueShutDownException when the broadcast is shut down, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted
   */
  public void publish(E item) throws InterruptedException {
    Waits.put(hub, requireNonNull(item, "item"), TaskRuntime.NEVER);
  }

  /**
   * Gives an item to all subscribers if that needs no waiting.
   *
   * @return false when it does; then nobody is given the item
   * @throws QueueShutDownException when the broadcast is shut down
   */
  public boolean offer(E item) {
    return hub.putNow(requireNonNull(item, "item"));
  }

  /**
   * Gives an item to all subscribers, waiting in turn, but not longer than {@code atMost}.
   *
   * @return false when the time passed first; then nobody is given the item
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws QueueShutDownException when the broadcast is shut down, before or meanwhile
   * @throws InterruptedException when cancelled or interrupted
   */
  public boolean offer(E item, Duration atMost) throws InterruptedException {
    requireNonNull(item, "item");
    return Waits.put(hub, item, Waits.deadline(atMost));
  }

  /** Nothing is published any more; subscribers are still given what they have not taken yet. */
  public void shutdown() {
    hub.shutDown(null, false);
  }

  /** Like {@link #shutdown()}, and when nothing is left subscribers throw with this cause. */
  public void shutdown(Throwable cause) {
    hub.shutDown(requireNonNull(cause, "cause"), false);
  }

  /**
   * Nothing is published any more, and subscribers find nothing left; one that was {@linkplain
   * SlowSubscriber#DISCONNECT disconnected} before keeps what it had room for.
   *
   * @return what some subscriber has not taken, each item once, in the order of publishing
   */
  public List<E> shutdownNow() {
    return hub.shutDown(null, true);
  }

  /** Like {@link #shutdownNow()}, and subscribers throw with this cause. */
  public List<E> shutdownNow(Throwable cause) {
    return hub.shutDown(requireNonNull(cause, "cause"), true);
  }

  /** True once nothing is published any more. */
  public boolean isShutDown() {
    return statistics().shutDown();
  }

  /** Subscribers and publishers at one moment. */
  public Statistics statistics() {
    return hub.statistics();
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "Broadcast[subscribers "
        + now.subscribers()
        + ", published "
        + now.published()
        + ", waiting to publish "
        + now.waitingPublishers()
        + (now.shutDown() ? ", shut down]" : "]");
  }

  /**
   * A consistent view of a broadcast.
   *
   * @param subscribers how many subscriptions are open
   * @param capacity how many items each has room for
   * @param waitingPublishers how many tasks wait to publish
   * @param published how many items have been published
   * @param shutDown whether nothing is published any more
   */
  public record Statistics(
      int subscribers, int capacity, int waitingPublishers, long published, boolean shutDown) {}
}
