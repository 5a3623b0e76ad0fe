package dev.tandem.samples.gallery.blocking;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.shield;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.CancelledException;
import dev.tandem.Offload;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work that belongs on platform threads: on a thread of its own, on a pool of four, on the threads
 * for computing, and abandoned when it takes no notice of a cancellation.
 */
public final class SyncFromAsync implements Sample {

  private static final List<Integer> FOUR = List.of(1, 2, 3, 4);

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();

    // asyncio:
    //   result = await asyncio.to_thread(blocking_io)
    //
    //   with ThreadPoolExecutor(max_workers=4) as pool:
    //       results = await asyncio.gather(*[
    //           loop.run_in_executor(pool, blocking_io) for _ in range(4)])
    //
    // Tandem:
    String result = Offload.toThread(SyncFromAsync::blockingIo);
    String oneThread = Elapsed.since(start);
    start = Tandem.now();
    List<String> results;
    try (var pool = Offload.pool("files", 4)) {
      results = gather(FOUR, _ -> pool.run(SyncFromAsync::blockingIo));
    }

    IO.println("a thread of its own: " + result + " after " + oneThread);
    IO.println("a pool of four: " + results + " after " + Elapsed.since(start));

    long sum = Offload.cpu().run(SyncFromAsync::compute);
    IO.println("on the threads for computing: " + sum);

    Instant begun = Tandem.now();
    Optional<String> inTime =
        moveOnAfter(
            ofSeconds(1),
            () ->
                Offload.thread()
                    .abandonOnCancel()
                    .run(
                        SyncFromAsync::deafIo,
                        late -> IO.println("late " + late + " at " + Elapsed.since(begun))));
    IO.println("deaf work: " + inTime + ", abandoned at " + Elapsed.since(begun));
    sleep(ofSeconds(5));
  }

  /** Stands for a call that blocks its thread for two seconds. */
  private static String blockingIo() throws InterruptedException {
    sleep(ofSeconds(2));
    return Thread.currentThread().isVirtual() ? "virtual?" : "result";
  }

  /** The same, but no cancellation cuts it short. */
  private static String deafIo() throws InterruptedException {
    try {
      shield(ofSeconds(10), () -> sleep(ofSeconds(3)));
    } catch (CancelledException cancelled) {
      // takes no notice
    }
    return "result";
  }

  private static long compute() {
    long sum = 0;
    for (int number = 1; number <= 1_000_000; number++) {
      sum += number;
    }
    return sum;
  }
}
