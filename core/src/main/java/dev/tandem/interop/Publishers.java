package dev.tandem.interop;

import static java.util.Objects.requireNonNull;

import dev.tandem.TaskGroup;
import dev.tandem.Work;
import dev.tandem.flow.AsyncIterator;
import java.util.concurrent.Flow;

/**
 * Iterators for libraries that speak of {@link Flow.Publisher}, and the other way round. Libraries
 * of {@code org.reactivestreams} have an adapter of their own for the types of the JDK.
 *
 * <pre>{@code
 * for (ByteBuffer part : Publishers.toIterator(response.body(), 16)) {
 *   channel.write(part);
 * }
 * library.send(Publishers.toPublisher(group, () -> AsyncIterator.from(queue)));
 * }</pre>
 */
public final class Publishers {

  private Publishers() {}

  /**
   * A publisher that makes an iterator for each of its subscribers and gives it the elements as it
   * requests them, in a task of the group. An element is asked for when it has been requested.
   *
   * <p>What the iterator throws is signalled to the subscriber and is no failure of the group; what
   * a subscriber throws, against its rules, is. A subscriber that cancels has the iterator closed.
   * When the group is cancelled, subscribers are signalled a {@link dev.tandem.CancelledException};
   * those that come after the group has ended are refused with an error.
   */
  public static <T> Flow.Publisher<T> toPublisher(
      TaskGroup group, Work<? extends AsyncIterator<? extends T>, ? extends Exception> iterators) {
    requireNonNull(group, "group");
    requireNonNull(iterators, "iterators");
    return subscriber ->
        new IteratorSubscription<T>(requireNonNull(subscriber, "subscriber"), iterators)
            .start(group.executor());
  }

  /**
   * The elements of a publisher, which is subscribed to when the first one is asked for. So many
   * are requested ahead; closing cancels the subscription. What the publisher signals as an error
   * is thrown as itself.
   *
   * @param room how many elements may wait here
   * @throws IllegalArgumentException when {@code room} is below 1
   * @throws InterruptedException in the loop, not here
   */
  public static <T> AsyncIterator<T> toIterator(Flow.Publisher<? extends T> publisher, int room)
      throws InterruptedException {
    requireNonNull(publisher, "publisher");
    if (room < 1) {
      throw new IllegalArgumentException("room must be at least 1, but was " + room);
    }
    return new PublisherIterator<>(publisher, room);
  }
}
