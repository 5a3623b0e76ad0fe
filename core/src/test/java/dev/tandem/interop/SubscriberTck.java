package dev.tandem.interop;

import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.annotations.Test;

/** The rules of Reactive Streams for subscribers; run by {@link ReactiveStreamsTest}. */
@Test
public final class SubscriberTck extends FlowSubscriberBlackboxVerification<Integer> {

  public SubscriberTck() {
    super(new TestEnvironment(5_000));
  }

  @Override
  public Flow.Subscriber<Integer> createFlowSubscriber() {
    return new PublisherIterator<>(subscriber -> {}, 4);
  }

  @Override
  public Integer createElement(int element) {
    return element;
  }
}
