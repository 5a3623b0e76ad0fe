package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.LogCapture;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.testing.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishersTest {

  private final List<Object> log = new CopyOnWriteArrayList<>();

  /** Asks for so many at first, and cancels after so many. */
  private class Listener implements Flow.Subscriber<Integer> {

    private final AsyncQueue<Integer> ended = AsyncQueue.unbounded();
    private final long first;
    private final int enough;
    private int got;
    private Flow.@Nullable Subscription subscription;

    Listener(long first, int enough) {
      this.first = first;
      this.enough = enough;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      newSubscription.request(first);
    }

    @Override
    public void onNext(Integer item) {
      log.add(item);
      if (++got == enough && subscription != null) {
        subscription.cancel();
      }
      if (item == 13) {
        throw new IllegalStateException("unlucky");
      }
    }

    @Override
    public void onError(Throwable thrown) {
      log.add(thrown);
      ended.shutdown();
    }

    @Override
    public void onComplete() {
      log.add("complete");
      ended.shutdown();
    }

    void awaitEnd() throws InterruptedException {
      ended.next();
    }
  }

  @Test
  void published_andIteratedAgain_isTheSame() throws Exception {
    VirtualTime.run(
        root -> {
          Flow.Publisher<Integer> publisher =
              Publishers.toPublisher(root, () -> AsyncIterator.of(1, 2, 3, 4, 5));
          assertEquals(List.of(1, 2, 3, 4, 5), Publishers.toIterator(publisher, 2).toList());
          assertEquals(List.of(1, 2, 3, 4, 5), Publishers.toIterator(publisher, 100).toList());
        });
  }

  @Test
  void failure_comesThroughAsItself() throws Exception {
    VirtualTime.run(
        root -> {
          var gone = new IOException("gone");
          Flow.Publisher<Integer> publisher =
              Publishers.toPublisher(
                  root,
                  () ->
                      AsyncIterator.of(1, 2)
                          .map(
                              i -> {
                                if (i == 2) {
                                  throw gone;
                                }
                                return i;
                              }));
          var items = Publishers.toIterator(publisher, 10);
          assertEquals(Optional.of(1), items.next());
          assertSame(gone, assertThrows(IOException.class, items::next));
        });
  }

  @Test
  void subscriberCancels_theIteratorIsClosed() throws Exception {
    TaskGroup.run(
        (TaskGroup root) -> {
          Flow.Publisher<Integer> publisher =
              Publishers.toPublisher(
                  root, () -> AsyncIterator.of(1, 2, 3).onClose(() -> log.add("closed")));
          publisher.subscribe(new Listener(Long.MAX_VALUE, 2));
        });
    assertEquals(List.of(1, 2, "closed"), log);
  }

  @Test
  void iteratorLeftEarly_theSubscriptionIsCancelledAndTheSourceClosed() throws Exception {
    VirtualTime.run(
        root -> {
          Flow.Publisher<Integer> publisher =
              Publishers.toPublisher(
                  root,
                  () -> {
                    AsyncIterator<Integer> endless =
                        AsyncIterator.generate(
                            out -> {
                              for (int i = 0; true; i++) {
                                log.add(i);
                                out.emit(i);
                              }
                            });
                    return endless;
                  });
          assertEquals(List.of(0, 1, 2), Publishers.toIterator(publisher, 4).take(3).toList());
        });
    // Nothing runs any more, and no more were made than had been requested, and one ahead.
    assertEquals(true, log.size() <= 3 + 4 + 1, log.toString());
  }

  @Test
  void requestOfNothing_isAnError() throws Exception {
    TaskGroup.run(
        (TaskGroup root) -> {
          var listener = new Listener(0, 9);
          Publishers.<Integer>toPublisher(root, () -> AsyncIterator.of(1)).subscribe(listener);
          listener.awaitEnd();
        });
    assertInstanceOf(IllegalArgumentException.class, log.getFirst());
  }

  @Test
  void subscriberThrows_isAFailureOfTheGroup() {
    var thrown =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup root) ->
                        Publishers.<Integer>toPublisher(root, () -> AsyncIterator.of(13, 14, 15))
                            .subscribe(new Listener(9, 9))));
    assertEquals(List.of(13), log);
    assertEquals("unlucky", rootCause(thrown).getMessage());
  }

  @Test
  void subscriberThrowsInOnComplete_isAFailureOfTheGroupAndNothingIsSignalledAfterIt() {
    var listener =
        new Listener(9, 9) {
          @Override
          public void onComplete() {
            super.onComplete();
            throw new IllegalStateException("broken");
          }
        };
    var thrown =
        assertThrows(
            TaskGroupException.class,
            () ->
                TaskGroup.run(
                    (TaskGroup root) ->
                        Publishers.<Integer>toPublisher(root, () -> AsyncIterator.of(1))
                            .subscribe(listener)));
    assertEquals(List.of(1, "complete"), log);
    assertEquals("broken", rootCause(thrown).getMessage());
  }

  @Test
  void subscriberCancelsAndTheCloseFails_isLogged() throws Exception {
    try (var warnings = new LogCapture("dev.tandem.interop.Publishers")) {
      TaskGroup.run(
          (TaskGroup root) -> {
            Flow.Publisher<Integer> publisher =
                Publishers.toPublisher(
                    root,
                    () ->
                        AsyncIterator.of(1, 2)
                            .onClose(
                                () -> {
                                  throw new IllegalStateException("disk");
                                }));
            publisher.subscribe(new Listener(Long.MAX_VALUE, 1));
          });
      assertEquals(List.of(1), log);
      assertEquals(1, warnings.records().size());
      assertEquals("disk", rootCause(warnings.records().getFirst().getThrown()).getMessage());
    }
  }

  private static Throwable rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Test
  void groupHasEnded_subscribersAreRefused() throws Exception {
    var ended = new AtomicReference<@Nullable TaskGroup>();
    TaskGroup.run((TaskGroup root) -> ended.set(root));
    TaskGroup group = ended.get();
    if (group != null) {
      Publishers.<Integer>toPublisher(group, () -> AsyncIterator.of(1))
          .subscribe(new Listener(1, 9));
    }
    assertInstanceOf(RejectedExecutionException.class, log.getFirst());
  }

  @Test
  void notAsked_doesNotSubscribe() throws Exception {
    var subscribed = new AtomicInteger();
    Publishers.<Integer>toIterator(subscriber -> subscribed.incrementAndGet(), 1).close();
    assertEquals(0, subscribed.get());
  }

  /** Numbers without end, as many as are requested, at once. */
  private static final class Numbers implements Flow.Publisher<Integer>, Flow.Subscription {

    private Flow.@Nullable Subscriber<? super Integer> subscriber;
    private long requested;
    private int next;

    @Override
    public void subscribe(Flow.Subscriber<? super Integer> newSubscriber) {
      subscriber = newSubscriber;
      newSubscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      requested += count;
      for (long i = 0; i < count && subscriber != null; i++) {
        subscriber.onNext(next++);
      }
    }

    @Override
    public void cancel() {
      subscriber = null;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16})
  void iterator_requestsAheadAsMuchAsItHasRoomForAndNoMore(int room) throws Exception {
    VirtualTime.run(
        (TaskGroup _) -> {
          var numbers = new Numbers();
          try (var items = Publishers.toIterator(numbers, room)) {
            for (int taken = 1; taken <= 100; taken++) {
              assertEquals(Optional.of(taken - 1), items.next());
              long ahead = numbers.requested - taken;
              assertTrue(ahead <= room, ahead + " ahead of " + taken);
              // Requests are made for several at once, of at most half the room and one.
              assertTrue(ahead >= room - room / 2, ahead + " ahead of " + taken);
            }
          }
        });
  }

  @Test
  void roomOfNothing_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Publishers.toIterator(subscriber -> {}, 0));
  }
}
