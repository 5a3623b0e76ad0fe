package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import dev.failsafe.RetryPolicy;
import dev.tandem.interop.Futures;
import dev.tandem.interop.GuavaFutures;
import dev.tandem.interop.Policies;
import dev.tandem.sync.AsyncSemaphore;
import dev.tandem.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is refused at the door, with words that say what to do. */
final class ArgumentsTest {

  private static final Duration MINUS = Duration.ofMillis(-1);

  static Stream<Executable> illegal() {
    return Stream.of(
        () -> Tandem.sleep(MINUS),
        () -> Tandem.timeout(Duration.ZERO, () -> 1),
        () -> Tandem.timeout(MINUS, () -> {}),
        () -> Tandem.timeout("named", Duration.ZERO, () -> 1),
        () -> Tandem.timeout(Duration.ZERO, (Deadline deadline) -> 1),
        () -> Tandem.timeout(Duration.ofDays(1), (Deadline d) -> d.reschedule(Duration.ZERO)),
        () -> Tandem.moveOnAfter(Duration.ZERO, () -> 1),
        () -> Tandem.moveOnAfter(Duration.ZERO, deadline -> 1),
        () -> Tandem.waitFor(List.of(), ReturnWhen.ALL_COMPLETED),
        () -> Tandem.waitFor(List.of(), ReturnWhen.ALL_COMPLETED, Duration.ofDays(1)),
        () -> Tandem.waitFor(List.of(), ReturnWhen.ALL_COMPLETED, Duration.ZERO),
        () -> Tandem.shield(Duration.ZERO, () -> 1),
        () -> Tandem.hedge(Duration.ZERO, () -> 1),
        () -> Gather.over(List.of()).limit(0),
        () -> Gather.over(List.of()).timeout(Duration.ZERO),
        () -> Gather.over(List.of()).timeout(Duration.ofDays(1)).limit(-1),
        () -> TaskGroup.settings().grace(Duration.ZERO),
        () -> AsyncSemaphore.of(0),
        () -> AsyncSemaphore.of(2).acquire(3),
        () -> AsyncSemaphore.of(2).acquire(0),
        () -> AsyncSemaphore.of(2).tryAcquire(Duration.ZERO),
        () -> TaskGroup.run((TaskGroup group) -> group.start(() -> 1).await(Duration.ZERO)));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void illegalValue_isRefusedWithTheValue(Executable use) {
    var error = assertThrows(IllegalArgumentException.class, use);
    assertTrue(error.getMessage().contains("but was"), error.getMessage());
  }

  static Stream<Executable> nulls() {
    return Stream.of(
        () -> Tandem.run((GroupWork<Integer, RuntimeException>) null),
        () -> Tandem.run((GroupAction<RuntimeException>) null),
        () -> Tandem.sleep(null),
        () -> Tandem.timeout(null, () -> 1),
        () -> Tandem.timeout(Duration.ofDays(1), (Work<Integer, RuntimeException>) null),
        () -> Tandem.timeout(Duration.ofDays(1), (Action<RuntimeException>) null),
        () -> Tandem.timeout(Duration.ofDays(1), (DeadlineWork<Integer, RuntimeException>) null),
        () -> Tandem.timeout(null, Duration.ofDays(1), () -> 1),
        () -> Tandem.timeout("name", Duration.ofDays(1), (Work<Integer, RuntimeException>) null),
        () -> Tandem.moveOnAfter(Duration.ofDays(1), (Work<Integer, RuntimeException>) null),
        () ->
            Tandem.moveOnAfter(Duration.ofDays(1), (DeadlineWork<Integer, RuntimeException>) null),
        () -> Tandem.shield(Duration.ofDays(1), (Work<Integer, RuntimeException>) null),
        () -> Tandem.shield((Action<RuntimeException>) null),
        () -> Tandem.race(() -> 1, null),
        () -> Tandem.race((Work<Integer, RuntimeException>[]) null),
        () -> Tandem.hedge(Duration.ofDays(1), () -> 1, null),
        () -> Tandem.hedge(Duration.ofDays(1), (Work<Integer, RuntimeException>[]) null),
        () -> Tandem.gather((Work<Integer, RuntimeException>[]) null),
        () -> Tandem.gather(() -> 1, () -> 2, () -> 3, () -> 4, () -> 5, null),
        () -> Tandem.gather(() -> 1, null, (a, b) -> 1),
        () -> Tandem.moveOnAfter(null, () -> 1),
        () -> Tandem.moveOnAfter(null, deadline -> 1),
        () -> Tandem.moveOnAfter(null, () -> {}),
        () -> Tandem.timeout(null, () -> {}),
        () -> Tandem.timeout(null, (Deadline deadline) -> 1),
        () -> Tandem.timeout("name", null, () -> 1),
        () -> Tandem.timeout("name", null, () -> {}),
        () -> Tandem.timeoutAt(null, () -> {}),
        () -> Tandem.shield(null, () -> 1),
        () -> Tandem.shield(null, () -> {}),
        () -> Tandem.shield(Duration.ofDays(1), (Action<RuntimeException>) null),
        () ->
            TaskGroup.run(
                (TaskGroup group) -> Tandem.waitFor(some(group), ReturnWhen.ALL_COMPLETED, null)),
        () ->
            TaskGroup.run(
                (TaskGroup group) -> Tandem.waitFor(some(group), null, Duration.ofDays(1))),
        () -> Tandem.waitFor(Collections.singleton(null), ReturnWhen.ALL_COMPLETED),
        () -> Tandem.asCompleted(Collections.singleton(null)),
        () -> Tandem.timeout(Duration.ofDays(1), (Deadline d) -> d.reschedule(null)),
        () -> Tandem.asCompleted((Collection<Task<?>>) null),
        () -> Gather.over(List.of(1)).asCompleted(null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).forEach(null),
        () -> Tandem.hedge(null, () -> 1),
        () -> Tandem.gather(() -> 1, () -> 2, (Combine.Two<Integer, Integer, Integer>) null),
        () -> TaskGroup.collect(null),
        () -> new Outcome.Success<>("item", 1).map(null),
        () -> new Outcome.Success<>("item", 1).recover(null),
        () -> Tandem.moveOnAfter(Duration.ofDays(1), (Action<RuntimeException>) null),
        () -> Tandem.timeout("name", Duration.ofDays(1), (Action<RuntimeException>) null),
        () -> Gather.over(List.of(1)).forEach(null),
        () -> TaskGroup.settings().name(null),
        () -> TaskGroup.settings().grace(null),
        () -> TaskGroup.settings().run((GroupWork<Integer, RuntimeException>) null),
        () -> TaskGroup.settings().run((GroupAction<RuntimeException>) null),
        () -> TaskGroup.run((TaskGroup group) -> group.executor().execute(null)),
        () -> TaskGroup.run((TaskGroup group) -> group.start(() -> 1).whenDone(null)),
        () -> Futures.toCompletableFuture(null),
        () -> GuavaFutures.toListenableFuture(null),
        () -> Futures.await(CompletableFuture.completedFuture(1), null),
        () -> TaskGroup.run((TaskGroup group) -> group.own(null)),
        () -> TaskGroup.run((TaskGroup group) -> group.startUntilReady("name", null)),
        () -> Tandem.timeoutAt(null, () -> 1),
        () -> Tandem.timeoutAt(Instant.MAX, (Work<Integer, RuntimeException>) null),
        () -> Tandem.timeoutAt(Instant.MAX, (Action<RuntimeException>) null),
        () -> Tandem.moveOnAt(null, () -> 1),
        () -> Tandem.moveOnAt(Instant.MAX, (Work<Integer, RuntimeException>) null),
        () -> Tandem.moveOnAt(Instant.MAX, (Action<RuntimeException>) null),
        () -> Tandem.timeout(Duration.ofDays(1), (Deadline d) -> d.rescheduleAt(null)),
        () -> Tandem.waitFor(null, ReturnWhen.ALL_COMPLETED),
        () -> Tandem.waitFor(List.of(), null),
        () -> Tandem.asCompleted(null),
        () -> Tandem.asCompleted(null, i -> i),
        () -> Tandem.asCompleted(List.of(1), null),
        () -> Gather.over(List.of(1)).onProgress(null),
        () -> Gather.over(List.of(1)).outcomes(i -> i, null),
        () -> Gather.over(List.of(1)).outcomes(null, o -> true),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).onProgress(null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).outcomes(i -> i, null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).asCompleted(null),
        () -> Tandem.gather(null, i -> i),
        () -> Tandem.gather(List.of(1), null),
        () -> Tandem.gather(() -> 1, null),
        () -> Tandem.gatherOutcomes(null, i -> i),
        () -> Tandem.gatherOutcomes(List.of(1), null),
        () -> Gather.over(null),
        () -> Gather.over(List.of(1)).name(null),
        () -> Gather.over(List.of(1)).timeout(null),
        () -> Gather.over(List.of(1)).run(null),
        () -> Gather.over(List.of(1)).outcomes(null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).run(null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).outcomes(null),
        () -> Gather.over(List.of(1)).timeout(Duration.ofDays(1)).name(null),
        () -> TaskGroup.run((GroupWork<Integer, RuntimeException>) null),
        () -> TaskGroup.run((GroupAction<RuntimeException>) null),
        () -> TaskGroup.run(null, (TaskGroup group) -> 1),
        () -> TaskGroup.run("name", (GroupWork<Integer, RuntimeException>) null),
        () -> TaskGroup.run((TaskGroup group) -> group.start(null, () -> 1)),
        () -> TaskGroup.run((TaskGroup group) -> group.start((Work<Integer, Exception>) null)),
        () -> TaskGroup.run((TaskGroup group) -> group.start((Action<Exception>) null)),
        () -> TaskGroup.run((TaskGroup group) -> group.startDaemon("name", null)),
        () -> TaskGroup.run((TaskGroup group) -> group.startDaemon(null, () -> {})),
        () -> TaskGroup.run((TaskGroup group) -> group.cancel(null)),
        () -> TaskGroup.run((TaskGroup group) -> group.start(() -> 1).await(null)),
        () -> TaskGroup.run((TaskGroup group) -> group.start(() -> 1).cancel(null)),
        () -> AsyncSemaphore.of(1).tryAcquire(null),
        () -> Futures.await((CompletableFuture<Integer>) null),
        () -> GuavaFutures.await((ListenableFuture<Integer>) null),
        () -> Policies.call(null, RetryPolicy.<Integer>ofDefaults()),
        () -> Policies.<Integer, RuntimeException>call(() -> 1, null),
        () -> VirtualTime.run((GroupWork<Integer, RuntimeException>) null),
        () -> VirtualTime.run((GroupAction<RuntimeException>) null));
  }

  private static List<Task<Integer>> some(TaskGroup group) {
    return List.of(group.start(() -> 1));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void null_isRefusedByItsName(Executable use) {
    String message = String.valueOf(assertThrows(NullPointerException.class, use).getMessage());
    assertTrue(message.matches("[a-zA-Z]+"), message);
  }
}
