package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.moveOnAfter;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;
import static java.util.stream.IntStream.range;

import dev.tandem.ItemWork;
import dev.tandem.Offload;
import dev.tandem.Tandem;
import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Where doing things at once does not help, measured on this machine. Computations cannot have more
 * than its processors, and on virtual threads they keep others from running; there is a pool for
 * them. Trivial work gains nothing. Work that takes no notice of a cancellation is waited for,
 * unless it is abandoned.
 */
public final class WhenNotTo implements Sample {

  private static final List<Integer> PIECES = range(0, 8).boxed().toList();
  private static final List<Integer> NUMBERS = range(0, 100_000).boxed().toList();

  private interface Measured {
    void run() throws InterruptedException;
  }

  @Override
  public void run() throws InterruptedException {
    IO.println("processors: " + Runtime.getRuntime().availableProcessors());
    // asyncio:
    //   for n in pieces: count_primes(n)         # one by one
    //   await gather(*[count(n) for n in pieces])  # at once: no faster
    //   await gather(*[                            # what helps: processes
    //       loop.run_in_executor(process_pool, count_primes, n)
    //       for n in pieces])
    //
    // Tandem:
    row("computing, one by one", () -> PIECES.forEach(WhenNotTo::countPrimes));
    row("computing, at once", () -> gather(PIECES, WhenNotTo::countPrimes));
    row("computing, on the CPU pool", () -> gather(PIECES, WhenNotTo::countOnCpuPool));

    napBeside("a nap of 1 ms beside computing at once", WhenNotTo::countPrimes);
    napBeside("a nap of 1 ms beside the CPU pool", WhenNotTo::countOnCpuPool);
    row("100000 additions, one by one", () -> NUMBERS.forEach(WhenNotTo::addOne));
    row("100000 additions, at once", () -> gather(NUMBERS, WhenNotTo::addOne));
    row(
        "deaf work stopped at 50 ms, waited for",
        () -> moveOnAfter(ofMillis(50), () -> Offload.thread().run(WhenNotTo::deaf)));
    row(
        "deaf work stopped at 50 ms, abandoned",
        () ->
            moveOnAfter(
                ofMillis(50), () -> Offload.thread().abandonOnCancel().run(WhenNotTo::deaf)));
  }

  /** The best of three, for the first time pays for the compiler. */
  private static void row(String what, Measured work) throws InterruptedException {
    Duration best = Duration.ofDays(1);
    for (int attempt = 0; attempt < 3; attempt++) {
      Instant start = Tandem.now();
      work.run();
      Duration took = Duration.between(start, Tandem.now());
      best = took.compareTo(best) < 0 ? took : best;
    }
    print(what, best);
  }

  /** A virtual thread that computes holds its carrier, and others wait for theirs. */
  private static void napBeside(String what, ItemWork<Integer, Integer, RuntimeException> work)
      throws InterruptedException {
    TaskGroup.run(
        group -> {
          for (int piece : PIECES) {
            group.start("piece " + piece, () -> work.run(piece));
          }
          Instant asked = Tandem.now();
          Task<Instant> nap = group.start("nap", WhenNotTo::nap);
          print(what, Duration.between(asked, nap.await()));
        });
  }

  private static Instant nap() throws InterruptedException {
    sleep(ofMillis(1));
    return Tandem.now();
  }

  private static void print(String what, Duration time) {
    IO.println(String.format(Locale.ROOT, "%-40s %8.1f ms", what, time.toNanos() / 1e6));
  }

  private static int countOnCpuPool(int piece) throws InterruptedException {
    return Offload.cpu().run(() -> countPrimes(piece));
  }

  private static int countPrimes(int piece) {
    int found = 0;
    for (int number = piece * 60_000 + 2; number < (piece + 1) * 60_000 + 2; number++) {
      found += isPrime(number) ? 1 : 0;
    }
    return found;
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number > 1;
  }

  private static int addOne(int number) {
    return number + 1;
  }

  /** Like a native call: for 300 ms it hears nothing. */
  private static String deaf() {
    long end = System.nanoTime() + ofMillis(300).toNanos();
    while (System.nanoTime() < end) {
      Thread.interrupted();
      LockSupport.parkNanos(ofMillis(10).toNanos());
    }
    return "done";
  }
}
