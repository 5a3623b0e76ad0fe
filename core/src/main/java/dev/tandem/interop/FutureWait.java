package dev.tandem.interop;

import dev.tandem.internal.Awaited;
import dev.tandem.internal.Latch;
import dev.tandem.internal.TaskRuntime;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The wait for a future, whoever made it. */
final class FutureWait {

  private FutureWait() {}

  /**
   * Waits until {@code done} is open, which is when the future has ended; cancels it otherwise.
   *
   * @param late given a value that came when the wait was being cancelled
   */
  static <T extends @Nullable Object> T result(
      Future<T> future, Latch done, Consumer<? super T> late)
      throws ExecutionException, InterruptedException {
    try {
      done.await(TaskRuntime.NEVER);
    } catch (InterruptedException stopped) {
      if (!future.cancel(true)) {
        handOver(future, late, stopped);
      }
      throw stopped;
    }
    // Not get: with the interrupt flag up, that of some futures throws although the value is there.
    return switch (future.state()) {
      case SUCCESS -> future.resultNow();
      case FAILED -> throw new ExecutionException(future.exceptionNow());
      default -> future.get();
    };
  }

  static Awaited awaited(Future<?> future) {
    return Awaited.of("future").named(future.getClass().getSimpleName());
  }

  /** The future had ended when the wait was cancelled; nothing of that gets lost. */
  private static <T extends @Nullable Object> void handOver(
      Future<T> future, Consumer<? super T> late, InterruptedException stopped) {
    try {
      switch (future.state()) {
        case SUCCESS -> late.accept(future.resultNow());
        case FAILED -> stopped.addSuppressed(future.exceptionNow());
        default -> {}
      }
    } catch (RuntimeException | Error failure) {
      stopped.addSuppressed(failure);
    }
  }
}
