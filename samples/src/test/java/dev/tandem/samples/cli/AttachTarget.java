package dev.tandem.samples.cli;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;

/** A program that only waits, for {@link InspectCommandsTest} to look at. */
public final class AttachTarget {

  private AttachTarget() {}

  /** Waits until it is killed. */
  public static void main(String[] arguments) throws Exception {
    var ledger = AsyncLock.create("ledger");
    var never = AsyncEvent.create();
    TaskGroup.run(
        "fleet",
        group -> {
          group.startUntilReady(
              "holder",
              ready ->
                  ledger.run(
                      () -> {
                        ready.complete(1);
                        never.await();
                      }));
          group.start("waiter", () -> ledger.lock());
          while (ledger.statistics().waiting() == 0) {
            Thread.onSpinWait();
          }
          System.out.println("ready");
        });
  }
}
