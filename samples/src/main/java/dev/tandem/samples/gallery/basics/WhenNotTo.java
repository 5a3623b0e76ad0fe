package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.moveOnAfter;
import static java.time.Duration.ofMillis;
import static java.util.stream.IntStream.range;

import dev.tandem.Offload;
import dev.tandem.Tandem;
import dev.tandem.samples.gallery.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Where doing things at once does not help, measured on this machine: computations have no more
 * than its processors, trivial work costs less than starting it, and work that takes no notice of
 * a cancellation is waited for, unless it is abandoned.
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
    countPrimes(0); // so that the first measurement does not pay for the compiler

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
    row(
        "computing, on the CPU pool",
        () -> gather(PIECES, piece -> Offload.cpu().run(() -> countPrimes(piece))));

    row("100000 additions, one by one", () -> NUMBERS.forEach(WhenNotTo::addOne));
    row("100000 additions, at once", () -> gather(NUMBERS, WhenNotTo::addOne));
    row(
        "deaf work cut short at 50 ms, waited for",
        () -> moveOnAfter(ofMillis(50), () -> Offload.toThread(WhenNotTo::deaf)));
    row(
        "deaf work cut short at 50 ms, abandoned",
        () -> moveOnAfter(ofMillis(50), () -> Offload.thread().abandonOnCancel().run(WhenNotTo::deaf)));
  }

  private static void row(String what, Measured work) throws InterruptedException {
    Instant start = Tandem.now();
    work.run();
    double millis = Duration.between(start, Tandem.now()).toNanos() / 1e6;
    IO.println(String.format(Locale.ROOT, "%-42s %9.1f ms", what, millis));
  }

  private static int countPrimes(int piece) {
    int found = 0;
    for (int number = piece * 250_000 + 2; number < (piece + 1) * 250_000 + 2; number++) {
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
