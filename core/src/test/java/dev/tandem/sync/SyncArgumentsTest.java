package dev.tandem.sync;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Action;
import dev.tandem.Work;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is refused at the door, with words that say what to do. */
@SuppressWarnings("NullAway") // Callers that are not checked pass null all the same.
final class SyncArgumentsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MINUS = Duration.ofNanos(-1);

  static Stream<Executable> illegal() {
    AsyncCondition condition = AsyncCondition.create();
    return Stream.of(
        () -> AsyncSemaphore.of(-1),
        () -> AsyncSemaphore.of("name", 0),
        () -> AsyncSemaphore.of(2).resize(0),
        () -> AsyncSemaphore.of(2).tryAcquire(0),
        () -> AsyncSemaphore.of(2).tryAcquire(3),
        () -> AsyncSemaphore.of(2).tryAcquire(3, DAY),
        () -> AsyncSemaphore.of(2).tryAcquire(1, MINUS),
        () -> AsyncLock.create().tryLock(Duration.ZERO),
        () -> AsyncEvent.create().await(Duration.ZERO),
        () -> condition.lock().run(() -> condition.await(MINUS)),
        () -> condition.lock().run(() -> condition.await(() -> true, MINUS)),
        () -> condition.lock().run(() -> condition.signal(0)),
        () -> AsyncBarrier.of(0),
        () -> AsyncBarrier.of(-4),
        () -> AsyncBarrier.of(2).await(Duration.ZERO),
        () -> KeyedSemaphore.of(0),
        () -> KeyedSemaphore.of(1, 0),
        () -> KeyedSemaphore.of(1).tryAcquire("key", MINUS),
        () -> RateLimiter.of(0, DAY),
        () -> RateLimiter.of(1, Duration.ZERO),
        () -> RateLimiter.of(1, DAY, 0),
        () -> RateLimiter.spaced(MINUS),
        () -> RateLimiter.spaced(0, DAY),
        () -> RateLimiter.of(3, DAY).acquire(4),
        () -> RateLimiter.of(3, DAY).acquire(0),
        () -> RateLimiter.spaced(DAY).acquire(-1),
        () -> RateLimiter.of(3, DAY).tryAcquire(4),
        () -> RateLimiter.of(3, DAY).tryAcquire(4, DAY),
        () -> RateLimiter.of(3, DAY).tryAcquire(Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void illegalValue_isRefusedWithTheValue(Executable use) {
    var error = assertThrows(IllegalArgumentException.class, use);
    assertTrue(error.getMessage().contains("but was"), error.getMessage());
  }

  static Stream<Executable> nulls() {
    return Stream.of(
        () -> AsyncSemaphore.of(null, 1),
        () -> AsyncSemaphore.of(1).tryAcquire(null),
        () -> AsyncSemaphore.of(1).run((Work<Integer, RuntimeException>) null),
        () -> AsyncSemaphore.of(1).run((Action<RuntimeException>) null),
        () -> AsyncLock.create(null),
        () -> AsyncLock.reentrant(null),
        () -> AsyncLock.create().tryLock(null),
        () -> AsyncLock.create().run((Work<Integer, RuntimeException>) null),
        () -> AsyncLock.create().run((Action<RuntimeException>) null),
        () -> AsyncEvent.create().await(null),
        () -> AsyncCondition.of(null),
        () -> AsyncCondition.create().await((Duration) null),
        () -> AsyncCondition.create().await((BooleanSupplier) null),
        () -> AsyncCondition.create().await(null, DAY),
        () -> AsyncCondition.create().await(() -> true, null),
        () -> AsyncBarrier.of(2).await(null),
        () -> KeyedSemaphore.of(1).acquire(null),
        () -> KeyedSemaphore.of(1).tryAcquire(null),
        () -> KeyedSemaphore.of(1).tryAcquire(null, DAY),
        () -> KeyedSemaphore.of(1).tryAcquire("key", null),
        () -> KeyedSemaphore.of(1).statistics(null),
        () -> RateLimiter.of(1, null),
        () -> RateLimiter.spaced(null),
        () -> RateLimiter.of(1, DAY).tryAcquire(null));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void null_isRefusedByName(Executable use) {
    var error = assertThrows(NullPointerException.class, use);
    assertTrue(
        error.getMessage() != null && error.getMessage().matches("[a-zA-Z]+"), error.getMessage());
  }
}
