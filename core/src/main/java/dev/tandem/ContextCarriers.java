package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Baggage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes along from a task to those it starts, and the usual carriers.
 *
 * <pre>{@code
 * ContextCarriers.register(ContextCarriers.scopedValue(REQUEST));
 * ContextCarriers.register(
 *     ContextCarriers.of(MDC::getCopyOfContextMap, MDC::setContextMap, MDC::clear));
 * }</pre>
 *
 * <p>Register at the start of the program: it is for all of it, and tasks that were started before
 * are left as they are. The carrier that was registered first is the outermost.
 */
public final class ContextCarriers {

  private ContextCarriers() {}

  /** Uses a carrier from now on, until the registration is closed. */
  public static Registration register(ContextCarrier carrier) {
    Baggage.Source source = asSource(carrier);
    Baggage.add(source);
    return () -> Baggage.remove(source);
  }

  /** Carries the binding of a scoped value; what is not bound stays so. */
  public static <T extends @Nullable Object> ContextCarrier scopedValue(ScopedValue<T> key) {
    requireNonNull(key, "key");
    return () -> {
      if (!key.isBound()) {
        return null;
      }
      T value = key.get();
      return body -> ScopedValue.where(key, value).run(body);
    };
  }

  /**
   * Carries the value of a thread-local, the same object. Afterwards the thread has again what it
   * had before.
   */
  public static <T> ContextCarrier threadLocal(ThreadLocal<@Nullable T> local) {
    requireNonNull(local, "local");
    return of(local::get, local::set, local::remove);
  }

  /**
   * Carries what {@code read} gives, for contexts that are read and written as a whole.
   *
   * @param read gives the current thread's context, as a copy if it is mutable; null for none
   * @param write sets it
   * @param clear makes it none
   */
  public static <S> ContextCarrier of(
      Supplier<? extends @Nullable S> read, Consumer<? super S> write, Runnable clear) {
    requireNonNull(read, "read");
    requireNonNull(write, "write");
    requireNonNull(clear, "clear");
    return () -> {
      S captured = read.get();
      return body -> {
        S before = read.get();
        put(captured, write, clear);
        try {
          body.run();
        } finally {
          put(before, write, clear);
        }
      };
    };
  }

  static Baggage.Source asSource(ContextCarrier carrier) {
    requireNonNull(carrier, "carrier");
    return () -> {
      ContextCarrier.Snapshot snapshot = carrier.capture();
      return snapshot == null ? null : snapshot::around;
    };
  }

  private static <S> void put(@Nullable S value, Consumer<? super S> write, Runnable clear) {
    if (value == null) {
      clear.run();
    } else {
      write.accept(value);
    }
  }

  /** Ends the use of a carrier when it is closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
