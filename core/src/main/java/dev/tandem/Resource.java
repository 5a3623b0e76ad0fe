package dev.tandem;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Something that one function opens and another closes, for a try statement: what Python's {@code
 * asynccontextmanager} is for.
 *
 * <pre>{@code
 * try (var session = Resource.open(() -> connect(host), Session::sayGoodbye)) {
 *   println(session.get().ask("show version"));
 * }
 * }</pre>
 *
 * <p>Both functions may wait. A group may {@linkplain TaskGroup#own own} one, as any other {@link
 * AutoCloseable}.
 *
 * <p><b>Errors.</b> What the closing function throws comes out of the try statement as itself, or is
 * suppressed by the failure that led there. {@link #close} does not declare it: {@link #open} does,
 * so that the try statement around both handles it.
 *
 * <p><b>Cancellation.</b> When the opening function throws there is nothing to close. Closing is
 * shielded from cancellation, for at most 30 seconds, so that it may wait in a scope that was
 * cancelled; the next wait after it throws.
 *
 * @param <T> what was opened
 */
public final class Resource<T> implements AutoCloseable {

  private final T value;
  private final ItemAction<? super T, ?> closing;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Resource(T value, ItemAction<? super T, ?> closing) {
    this.value = value;
    this.closing = closing;
  }

  /**
   * Opens.
   *
   * @param opening is called now
   * @param closing is called once, by {@link #close}
   * @throws X as {@code opening} threw it; what {@code closing} throws, later
   */
  public static <T, X extends Exception> Resource<T> open(
      Work<? extends T, ? extends X> opening, ItemAction<? super T, ? extends X> closing)
      throws X, InterruptedException {
    requireNonNull(opening, "opening");
    requireNonNull(closing, "closing");
    return new Resource<>(
        requireNonNull(opening.run(), "the opening function returned null"), closing);
  }

  /** What was opened; also when it has been closed. */
  public T get() {
    return value;
  }

  /** Calls the closing function, the first time. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    // An interrupt of before would cut the closing short.
    boolean interrupted = Thread.interrupted();
    try {
      Tandem.<Exception>shield(() -> closing.run(value));
    } catch (InterruptedException stopped) {
      interrupted = true;
    } catch (Throwable failure) {
      throw Endings.<RuntimeException>rethrow(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return "Resource[" + value + (closed.get() ? ", closed]" : "]");
  }
}
