package dev.tandem.interop;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.flow.AsyncIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/** The rules of Reactive Streams for publishers; run by {@link ReactiveStreamsTest}. */
@Test
public final class PublisherTck extends FlowPublisherVerification<Long> {

  private final CompletableFuture<TaskGroup> group = new CompletableFuture<>();
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();

  public PublisherTck() {
    super(new TestEnvironment(5_000, 50));
  }

  @BeforeClass
  public void openGroup() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                TaskGroup.run(
                    (TaskGroup opened) -> {
                      group.complete(opened);
                      Futures.await(done);
                    });
              } catch (Exception failure) {
                done.completeExceptionally(failure);
              }
            });
  }

  @AfterClass
  public void closeGroup() {
    done.complete(true);
  }

  @Override
  public Flow.Publisher<Long> createFlowPublisher(long elements) {
    return Publishers.toPublisher(
        group.join(), () -> AsyncIterator.from(LongStream.range(0, elements).boxed()));
  }

  @Override
  public Flow.Publisher<Long> createFailedFlowPublisher() {
    return Publishers.toPublisher(
        group.join(),
        () -> {
          Tandem.checkpoint();
          throw new IllegalStateException("no elements today");
        });
  }
}
