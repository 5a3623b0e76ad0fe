package dev.tandem.interop;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.testng.annotations.Test;

/**
 * The rules of Reactive Streams for a subscriber from which somebody takes; run by {@link
 * ReactiveStreamsTest}. What the kit is told to have arrived is what came out of the iterator.
 */
@Test
public final class ConsumedSubscriberTck extends FlowSubscriberWhiteboxVerification<Integer> {

  public ConsumedSubscriberTck() {
    super(new TestEnvironment(5_000, 50));
  }

  @Override
  public Integer createElement(int element) {
    return element;
  }

  @Override
  protected Flow.Subscriber<Integer> createFlowSubscriber(WhiteboxSubscriberProbe<Integer> probe) {
    return new Consumed(probe);
  }

  /** A subscriber and the thread that takes from it. */
  private static final class Consumed implements Flow.Subscriber<Integer>, SubscriberPuppet {

    private final WhiteboxSubscriberProbe<Integer> probe;
    private final PublisherIterator<Integer> iterator = new PublisherIterator<>(own -> {}, 1);
    private @Nullable Thread consumer;

    Consumed(WhiteboxSubscriberProbe<Integer> probe) {
      this.probe = probe;
    }

    private void consume() {
      try {
        iterator.consume(probe::registerOnNext);
        probe.registerOnComplete();
      } catch (InterruptedException cancelled) {
        // The iterator has been closed, which cancels the subscription.
        return;
      } catch (Throwable failure) {
        probe.registerOnError(failure);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      iterator.onSubscribe(subscription);
      if (consumer == null) {
        consumer = Thread.startVirtualThread(this::consume);
        probe.registerOnSubscribe(this);
      }
    }

    /** It requests what it has room for by itself, again and again. */
    @Override
    public void triggerRequest(long elements) {}

    @Override
    public void signalCancel() {
      if (consumer != null) {
        consumer.interrupt();
      }
    }

    @Override
    public void onNext(Integer item) {
      iterator.onNext(item);
    }

    @Override
    public void onError(Throwable thrown) {
      iterator.onError(thrown);
    }

    @Override
    public void onComplete() {
      iterator.onComplete();
    }
  }
}
