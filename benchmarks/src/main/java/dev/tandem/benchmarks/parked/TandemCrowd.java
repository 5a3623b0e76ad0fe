package dev.tandem.benchmarks.parked;

import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncSemaphore;

/** Tasks of one group, all waiting in Tandem for a permit that is never given back. */
final class TandemCrowd implements Crowd {

  @Override
  @SuppressWarnings("try") // the permits are what is waited for
  public void run(int count, Runnable allWait) throws InterruptedException {
    var gate = AsyncSemaphore.of(1);
    try (var taken = gate.acquire()) {
      TaskGroup.run(
          group -> {
            for (int i = 0; i < count; i++) {
              group.start(
                  () -> {
                    gate.acquire().close();
                  });
            }
            while (gate.statistics().waiting() < count) {
              Thread.sleep(1);
            }
            allWait.run();
            group.cancel("the measurement is over");
          });
    }
  }
}
