package dev.tandem;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.sleep;
import static dev.tandem.Tandem.timeout;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.flow.AsyncIterator;
import dev.tandem.flow.AsyncQueue;
import dev.tandem.flow.Broadcast;
import dev.tandem.flow.Select;
import dev.tandem.interop.Futures;
import dev.tandem.sync.AsyncBarrier;
import dev.tandem.sync.AsyncCondition;
import dev.tandem.sync.AsyncEvent;
import dev.tandem.sync.AsyncLock;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.sync.KeyedSemaphore;
import dev.tandem.sync.RateLimiter;
import dev.tandem.testing.VirtualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the tree says of each kind of wait. */
final class WaitsShownTest {

  @Test
  void dump_sleep_showsWhatIsLeft() throws Exception {
    shows("a  sleeps (8.000 s left)", group -> group.start("a", () -> sleep(ofSeconds(9))));
  }

  @Test
  void dump_awaitOfATask_showsIt() throws Exception {
    shows(
        "a  waits for task 'b'",
        group -> {
          Task<?> b = group.start("b", () -> sleep(ofSeconds(9)));
          group.start("a", () -> b.await());
        });
  }

  @Test
  void dump_waitForSeveralTasks_showsHowManyRun() throws Exception {
    shows(
        "a  waits for tasks (2 of 3 running, ALL_COMPLETED) held by c and 1 more",
        group -> {
          List<Task<?>> tasks =
              List.of(
                  group.start("b", () -> {}),
                  group.start("c", () -> sleep(ofSeconds(9))),
                  group.start("d", () -> sleep(ofSeconds(9))));
          group.start("a", () -> Tandem.waitFor(tasks, ReturnWhen.ALL_COMPLETED));
        });
  }

  @Test
  void dump_joinOfANamedGroup_showsTheGroupAndItsTasks() throws Exception {
    shows(
        List.of(
            "└─ a  joins pair (2 running)",
            "   └─ pair",
            "      ├─ b  sleeps (8.000 s left)",
            "      └─ c  sleeps (8.000 s left)"),
        group ->
            group.start(
                "a",
                () ->
                    TaskGroup.run(
                        "pair",
                        pair -> {
                          pair.start("b", () -> sleep(ofSeconds(9)));
                          pair.start("c", () -> sleep(ofSeconds(9)));
                        })));
  }

  @Test
  void dump_semaphore_showsItsPermits() throws Exception {
    var gate = AsyncSemaphore.of("tacacs", 5);
    shows(
        "a  waits for semaphore 'tacacs' (permits 0/5 free, 1 waiting)",
        group -> {
          gate.acquire(5);
          group.start("a", () -> gate.acquire());
        });
  }

  @Test
  void dump_keyedSemaphore_showsTheKey() throws Exception {
    KeyedSemaphore<String> gate = KeyedSemaphore.of(1, 5);
    shows(
        "a  waits for keyed semaphore 'ise-1' (permits 0/1 free, 1 waiting)",
        group -> {
          gate.acquire("ise-1");
          group.start("a", () -> gate.acquire("ise-1"));
        });
  }

  @Test
  void dump_keyedSemaphoreInTotal_showsThat() throws Exception {
    KeyedSemaphore<String> gate = KeyedSemaphore.of(1, 1);
    shows(
        "a  waits for keyed semaphore (in total permits 0/1 free, 1 waiting)",
        group -> {
          gate.acquire("ise-1");
          group.start("a", () -> gate.acquire("ise-2"));
        });
  }

  @Test
  void dump_lock_showsItsOwner() throws Exception {
    var lock = AsyncLock.create("ledger");
    shows(
        "b  waits for lock 'ledger' held by a",
        group -> {
          group.start("a", () -> lock.run(() -> sleep(ofSeconds(9))));
          group.start("b", () -> lock.lock());
        });
  }

  @Test
  void dump_event_showsIt() throws Exception {
    var event = AsyncEvent.create();
    shows(
        "a  waits for event (not set, 1 waiting)", group -> group.start("a", () -> event.await()));
  }

  @Test
  void dump_condition_showsIt() throws Exception {
    var changed = AsyncCondition.of(AsyncLock.create("stock"));
    shows(
        "a  waits for condition 'stock'",
        group -> group.start("a", () -> changed.lock().run(() -> changed.await())));
  }

  @Test
  void dump_barrier_showsHowManyHaveCome() throws Exception {
    var barrier = AsyncBarrier.of(3);
    shows("a  waits for barrier (waiting 1/3)", group -> group.start("a", () -> barrier.await()));
  }

  @Test
  void dump_rateLimiter_showsWhatIsWanted() throws Exception {
    var limiter = RateLimiter.of(1, ofSeconds(100));
    shows(
        "a  waits for rate limiter (wants 1 of 1 asked for, 1 waiting)",
        group -> {
          limiter.acquire();
          group.start("a", () -> limiter.acquire());
        });
  }

  @Test
  void dump_putIntoAFullQueue_showsThatItIsFull() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
    shows(
        "a  waits for queue put (queue 2/2)",
        group -> {
          queue.put(1);
          queue.put(2);
          group.start("a", () -> queue.put(3));
        });
  }

  @Test
  void dump_takeFromAnEmptyQueue_showsThatItIsEmpty() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.bounded(2);
    shows("a  waits for queue take (queue 0/2)", group -> group.start("a", () -> queue.take()));
  }

  @Test
  void dump_joinOfAQueue_showsWhatIsUnfinished() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded();
    shows(
        "a  waits for queue join (1 unfinished)",
        group -> {
          queue.put(1);
          group.start("a", () -> queue.join());
        });
  }

  @Test
  void dump_select_showsBetweenHowMany() throws Exception {
    AsyncQueue<Integer> queue = AsyncQueue.unbounded();
    AsyncQueue<Integer> other = AsyncQueue.unbounded();
    shows("a  waits for select (any of 2)", group -> group.start("a", () -> choose(queue, other)));
  }

  @Test
  void dump_subscription_showsIt() throws Exception {
    Broadcast<Integer> prices = Broadcast.bounded(4);
    shows(
        "a  waits for subscription take (queue 0/4)",
        group -> group.start("a", () -> prices.subscribe().take()));
  }

  @Test
  void dump_generator_showsWhoAsks() throws Exception {
    shows(
        "a  waits for iterator take (rendezvous)",
        group ->
            group.start(
                "a",
                () -> {
                  try (var items = slowItems()) {
                    for (Integer item : items) {
                      assertEquals(1, item);
                    }
                  }
                }));
  }

  @Test
  void dump_future_showsItsType() throws Exception {
    var future = new CompletableFuture<Integer>();
    shows(
        "a  waits for future 'CompletableFuture'",
        group -> group.start("a", () -> Futures.await(future)));
  }

  @Test
  void dump_startUntilReady_showsWhatIsStarted() throws Exception {
    shows(
        "a  waits for start 'server' (not ready yet)",
        group ->
            group.start(
                "a", () -> group.<Integer>startUntilReady("server", ready -> sleep(ofSeconds(9)))));
  }

  @Test
  void dump_gather_showsItsItems() throws Exception {
    shows(
        List.of(
            "└─ a  joins its tasks (2 running)",
            "   ├─ item#0  sleeps (8.000 s left)",
            "   └─ item#1  sleeps (8.000 s left)"),
        group -> group.start("a", () -> gather(List.of(1, 2), item -> slept())));
  }

  @Test
  void dump_deadlineAroundTheWait_isShownBehindIt() throws Exception {
    var event = AsyncEvent.create();
    shows(
        "a  waits for event (not set, 1 waiting)  timeout in a: 4.000 s left",
        group -> group.start("a", () -> timeout(ofSeconds(5), () -> event.await())));
  }

  private static AsyncIterator<Integer> slowItems() throws InterruptedException {
    return AsyncIterator.generate(
        out -> {
          sleep(ofSeconds(9));
          out.emit(1);
        });
  }

  private static void choose(AsyncQueue<Integer> queue, AsyncQueue<Integer> other)
      throws InterruptedException {
    int chosen = Select.<Integer>takeAny(queue, other);
    assertEquals(1, chosen);
  }

  private static int slept() throws InterruptedException {
    sleep(ofSeconds(9));
    return 9;
  }

  private static void shows(String line, GroupAction<Exception> program) throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                group -> {
                  program.run(group);
                  sleep(ofSeconds(1));
                  String dump = group.dump();
                  List<String> lines =
                      dump.lines().map(found -> found.replaceFirst("^[ │├└─]*", "")).toList();
                  assertEquals(true, lines.contains(line), dump);
                  group.cancel("seen");
                }));
  }

  private static void shows(List<String> lines, GroupAction<Exception> program) throws Exception {
    VirtualTime.run(
        (TaskGroup root) ->
            TaskGroup.run(
                group -> {
                  program.run(group);
                  sleep(ofSeconds(1));
                  assertEquals(lines, group.dump().lines().skip(1).toList());
                  group.cancel("seen");
                }));
  }
}
