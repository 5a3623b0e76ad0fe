package dev.tandem.flow;

import static dev.tandem.Stress.micros;
import static dev.tandem.Stress.pause;
import static dev.tandem.Tandem.timeout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books while tasks put and take in every way there is, report at once what they took or
 * leave that to others, and are interrupted and cancelled and run out of time at random moments.
 */
final class Accounting {

  private static final int STEPS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Queues with room for so many are nearly full from the start, or would never be. */
  private static final int MANY = 100;

  private final List<AsyncQueue<Integer>> queues;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Collection<Integer> accepted = new ConcurrentLinkedQueue<>();
  private final Collection<Integer> taken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger reported = new AtomicInteger();

  /** Of four items that are taken so many are reported in the end; if none, no report is spare. */
  private final int leftToOthers = ThreadLocalRandom.current().nextInt(3);

  private final List<Integer> undelivered = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();

  Accounting(List<AsyncQueue<Integer>> queues) {
    this.queues = queues;
  }

  /** Lets so many of each run against each other, then checks the books. */
  void run(int putters, int takers) throws Exception {
    for (AsyncQueue<Integer> queue : queues) {
      fillNearly(queue);
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < putters; i++) {
      threads.add(start(this::putSome));
    }
    for (int i = 0; i < takers; i++) {
      threads.add(start(this::takeSome));
    }
    for (int i = 0; i < 10; i++) {
      pause(40);
      threads.get(ThreadLocalRandom.current().nextInt(threads.size())).interrupt();
    }
    List<Thread> joiners = queues.stream().map(this::startJoiner).toList();
    for (AsyncQueue<Integer> queue : queues) {
      switch (ThreadLocalRandom.current().nextInt(3)) {
        case 0 -> queue.shutdown();
        case 1 -> queue.shutdown(new IllegalStateException("enough"));
        default -> undelivered.addAll(queue.shutdownNow());
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    verify();
    for (Thread joiner : joiners) {
      assertTrue(joiner.join(PATIENCE), "nothing is left, but somebody still joins");
    }
    throwWhatIsWrong();
  }

  private void fillNearly(AsyncQueue<Integer> queue) {
    int capacity = queue.capacity();
    if (capacity >= MANY && capacity < Integer.MAX_VALUE) {
      for (int i = 2; i < capacity; i++) {
        int number = numbers.incrementAndGet();
        assertTrue(queue.offer(number));
        accepted.add(number);
      }
    }
  }

  private Thread startJoiner(AsyncQueue<Integer> queue) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                queue.join();
              } catch (Throwable unexpected) {
                wrong.set(unexpected);
              }
            });
  }

  private void throwWhatIsWrong() {
    Throwable unexpected = wrong.get();
    if (unexpected != null) {
      throw new AssertionError(unexpected);
    }
  }

  private void verify() throws Exception {
    throwWhatIsWrong();
    int dealtWith = undelivered.size() + reported.get();
    List<Integer> found = new ArrayList<>(taken);
    found.addAll(undelivered);
    long unfinished = 0;
    for (AsyncQueue<Integer> queue : queues) {
      queue.drainTo(found);
      AsyncQueue.Statistics now = queue.statistics();
      assertEquals(0, now.size() + now.waitingPutters() + now.waitingTakers(), now.toString());
      unfinished += now.unfinished();
      for (long left = now.unfinished(); left > 0; left--) {
        queue.taskDone();
      }
      assertTrue(queue.join(PATIENCE), queue::toString);
      assertTrue(queue.isShutDown());
    }
    assertEquals(accepted.size() - dealtWith, unfinished);
    assertEquals(accepted.stream().sorted().toList(), found.stream().sorted().toList());
  }

  private Thread start(Work<Boolean, Exception> step) {
    return Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < STEPS; i++) {
                try {
                  if (!step.run()) {
                    pause(10);
                  }
                } catch (InterruptedException | DeadlineExceededException gaveUp) {
                  // Then it did not happen, and is not in the books.
                } catch (QueueShutDownException over) {
                  return;
                } catch (Throwable unexpected) {
                  wrong.set(unexpected);
                  return;
                }
              }
            });
  }

  private boolean putSome() throws Exception {
    int number = numbers.incrementAndGet();
    boolean in = impatiently(() -> put(number));
    if (in) {
      accepted.add(number);
    }
    return in;
  }

  private boolean put(int number) throws InterruptedException {
    AsyncQueue<Integer> queue = any();
    return switch (ThreadLocalRandom.current().nextInt(5)) {
      case 0 -> queue.offer(number);
      case 1 -> queue.offer(number, micros(60));
      case 2 -> {
        queue.put(number);
        yield true;
      }
      case 3 -> Select.of(queue.putting(number)).within(micros(60)).isPresent();
      default ->
          Select.of(queue.putting(number), any().putting(number)).within(micros(60)).isPresent();
    };
  }

  private boolean takeSome() throws Exception {
    List<Integer> items = impatiently(this::take);
    taken.addAll(items);
    return !items.isEmpty();
  }

  private List<Integer> take() throws InterruptedException {
    if (ThreadLocalRandom.current().nextInt(7) == 0) {
      return List.of(Select.of(taking(any()), taking(any()), taking(any())).run());
    }
    AsyncQueue<Integer> queue = any();
    List<Integer> items = takeFrom(queue);
    for (int i = 0; i < items.size(); i++) {
      reportPerhaps(queue);
    }
    return items;
  }

  private static List<Integer> takeFrom(AsyncQueue<Integer> queue) throws InterruptedException {
    return switch (ThreadLocalRandom.current().nextInt(6)) {
      case 0 -> queue.poll().stream().toList();
      case 1 -> queue.poll(micros(60)).stream().toList();
      case 2 -> {
        List<Integer> items = new ArrayList<>();
        queue.drainTo(items, 2);
        yield items;
      }
      case 3 -> queue.next().stream().toList();
      case 4 -> List.of(Select.takeAny(queue, queue));
      default -> List.of(queue.take());
    };
  }

  private Clause<Integer, RuntimeException> taking(AsyncQueue<Integer> queue) {
    return queue.taking(
        item -> {
          reportPerhaps(queue);
          return item;
        });
  }

  private void reportPerhaps(AsyncQueue<Integer> queue) {
    if (ThreadLocalRandom.current().nextInt(4) >= leftToOthers) {
      queue.taskDone();
      reported.incrementAndGet();
    }
  }

  private AsyncQueue<Integer> any() {
    return queues.get(ThreadLocalRandom.current().nextInt(queues.size()));
  }

  private static <T> T impatiently(Work<T, InterruptedException> step) throws Exception {
    return ThreadLocalRandom.current().nextBoolean() ? timeout(micros(150), step) : step.run();
  }
}
