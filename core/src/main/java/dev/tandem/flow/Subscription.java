package dev.tandem.flow;

import static java.util.Objects.requireNonNull;

import dev.tandem.ItemAction;
import dev.tandem.ItemWork;
import java.time.Duration;
import java.util.Optional;

/**
 * What comes to one subscriber of a {@link Broadcast}; closing it ends the subscription.
 *
 * <pre>{@code
 * try (var subscription = prices.subscribe()) {
 *   for (Price price : subscription.items()) {
 *     show(price);
 *   }
 * }
 * }</pre>
 *
 * <p>It ends when it is closed, when the broadcast has been shut down and nothing is left, or when
 * it is {@linkplain SlowSubscriber#DISCONNECT disconnected}. Several tasks may take from one
 * subscription; each item then goes to one of them.
 *
 * <p><b>Fairness.</b> Those who wait are served first come, first served.
 *
 * <p><b>Cancellation.</b> A take that throws took nothing.
 *
 * @param <E> the items
 */
public final class Subscription<E> implements AutoCloseable {

  private final Mailbox<E> mailbox;

  Subscription(Mailbox<E> mailbox) {
    this.mailbox = mailbox;
  }

  /**
   * Takes the next item, waiting in turn for one.
   *
   * @throws QueueShutDownException when the subscription has ended and nothing is left
   * @throws SlowSubscriberException when it was disconnected and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public E take() throws InterruptedException {
    return Waits.take(mailbox);
  }

  /**
   * Takes the next item, waiting in turn for one, until the subscription has ended.
   *
   * @return empty when nothing is left
   * @throws QueueShutDownException when nothing is left and the shutdown had a cause
   * @throws SlowSubscriberException when it was disconnected and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public Optional<E> next() throws InterruptedException {
    return Optional.ofNullable(Waits.next(mailbox));
  }

  /**
   * Takes the next item if there is one at once.
   *
   * @throws QueueShutDownException when the subscription has ended and nothing is left
   * @throws SlowSubscriberException when it was disconnected and nothing is left
   */
  public Optional<E> poll() {
    return Optional.ofNullable(Waits.poll(mailbox));
  }

  /**
   * Takes the next item, waiting in turn for one, but not longer than {@code atMost}.
   *
   * @return empty when the time passed first
   * @throws IllegalArgumentException when {@code atMost} is not longer than zero
   * @throws QueueShutDownException when the subscription has ended and nothing is left
   * @throws SlowSubscriberException when it was disconnected and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public Optional<E> poll(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(Waits.take(mailbox, Waits.deadline(atMost)));
  }

  /**
   * Calls {@code action} with one item after the other, in the calling task, until the subscription
   * has ended and nothing is left.
   *
   * @throws X what the action throws
   * @throws QueueShutDownException when nothing is left and the shutdown had a cause
   * @throws SlowSubscriberException when it was disconnected and nothing is left
   * @throws InterruptedException when cancelled or interrupted
   */
  public <X extends Exception> void forEach(ItemAction<? super E, X> action)
      throws X, InterruptedException {
    requireNonNull(action, "action");
    for (E item = Waits.next(mailbox); item != null; item = Waits.next(mailbox)) {
      action.run(item);
    }
  }

  /**
   * One item after the other, until the subscription has ended and nothing is left. The loop throws
   * what {@link #next()} throws, {@link InterruptedException} included, although no iterator can
   * declare it.
   */
  public Iterable<E> items() {
    return () -> new Items<>(mailbox);
  }

  /** A clause of a {@link Select} that takes the next item. */
  public Clause<E, RuntimeException> taking() {
    return new TakeClause<>(mailbox, item -> item);
  }

  /**
   * A clause of a {@link Select} that takes the next item and gives what {@code work} makes of it.
   */
  public <R, X extends Exception> Clause<R, X> taking(ItemWork<? super E, ? extends R, X> work) {
    return new TakeClause<>(mailbox, requireNonNull(work, "work"));
  }

  /** Ends the subscription; what has not been taken is dropped. Further calls do nothing. */
  @Override
  public void close() {
    mailbox.close();
  }

  /** What has come and who waits for it, at one moment. */
  public Statistics statistics() {
    return mailbox.statistics();
  }

  @Override
  public String toString() {
    Statistics now = statistics();
    return "Subscription[size "
        + now.size()
        + "/"
        + now.capacity()
        + ", dropped "
        + now.dropped()
        + (now.open() ? "]" : ", ended]");
  }

  /**
   * A consistent view of a subscription.
   *
   * @param size how many items have not been taken yet
   * @param capacity how many there is room for
   * @param waiting how many tasks wait for an item
   * @param dropped how many items it has missed for want of room
   * @param open whether items still come
   */
  public record Statistics(int size, int capacity, int waiting, long dropped, boolean open) {}
}
