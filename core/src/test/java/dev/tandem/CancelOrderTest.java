package dev.tandem;

import static dev.tandem.ForeignChannel.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever is woken by a cancellation breaks things that others use, a connection first of all: it
 * is closed by the interrupt. What they meet then is no failure, since they are cancelled as well,
 * and have to know it.
 */
@Timeout(30)
final class CancelOrderTest {

  private static final int OTHERS = 2;

  private final CountDownLatch othersSeeIt = new CountDownLatch(OTHERS);
  private final CountDownLatch othersUseIt = new CountDownLatch(OTHERS);
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();

  /** Keeps whoever closes it until the others have seen it. */
  private final ForeignChannel channel = new ForeignChannel(() -> await(othersSeeIt));

  private void useToo() throws InterruptedException {
    othersUseIt.countDown();
    await(channel.closed);
    try {
      Tandem.checkpoint();
    } catch (CancelledException stopped) {
      reasons.add(stopped.cancellation().reason());
      throw stopped;
    } finally {
      othersSeeIt.countDown();
    }
  }

  private void awaitUse() {
    await(channel.inUse);
    await(othersUseIt);
  }

  private void assertAllKnewWhy(String reason) {
    assertEquals(List.of(reason, reason), List.copyOf(reasons));
  }

  @Test
  void cancel_aTaskBreaksWhatItsSiblingsUse_theyAreCancelledAlready() throws Exception {
    TaskGroup.run(
        group -> {
          group.start(this::useToo);
          group.start(channel::use);
          group.start(this::useToo);
          awaitUse();
          group.cancel("enough");
        });
    assertAllKnewWhy("enough");
  }

  @Test
  void cancel_theBodyBreaksWhatChildrenUse_theyAreCancelledAlready() throws Exception {
    Action<Exception> parent =
        () ->
            TaskGroup.run(
                (TaskGroup group) -> {
                  group.start(this::useToo);
                  group.start(this::useToo);
                  channel.use();
                });
    TaskGroup.run(
        root -> {
          Task<?> cancelled = root.start(parent);
          awaitUse();
          cancelled.cancel("enough");
        });
    assertAllKnewWhy("enough");
  }

  @Test
  void join_aDaemonBreaksWhatOthersUse_theyAreCancelledAlready() throws Exception {
    TaskGroup.run(
        (TaskGroup group) -> {
          group.startDaemon("older", this::useToo);
          group.startDaemon("breaks", channel::use);
          group.startDaemon("younger", this::useToo);
          awaitUse();
        });
    assertEquals(OTHERS, reasons.size());
  }
}
