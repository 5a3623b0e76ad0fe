package dev.tandem.internal;

import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What goes along from the thread that starts a child to the child. When no source is registered,
 * starting a child costs one read more.
 */
public final class Baggage {

  /** Asked by the thread that starts a child. */
  @FunctionalInterface
  public interface Source {
    /** What is to go along; null when there is nothing. */
    @Nullable Around capture();
  }

  /** Makes what was captured visible to {@code body}, and calls it once, on the same thread. */
  @FunctionalInterface
  public interface Around {
    void run(Runnable body);
  }

  /** What a child does. */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    T call() throws Throwable;
  }

  /** Finds the sources that nobody registers by hand. */
  @FunctionalInterface
  public interface Finder {
    List<Source> find();
  }

  /** By name, because this package knows nothing of those above it. */
  private static final String FINDER = "dev.tandem.ServiceCarriers";

  private static final System.Logger LOG = System.getLogger("dev.tandem.context");
  private static final Source[] NOT_LOOKED_FOR = {};

  private static final ReentrantLock LOCK = new ReentrantLock();

  // Volatile: replaced as a whole under the lock, read by every start; null when there are none.
  private static volatile Source @Nullable [] sources = NOT_LOOKED_FOR;

  private Baggage() {}

  /** What goes along from the current thread; null when there is nothing. */
  public static @Nullable Around capture() {
    Source[] registered = sources;
    return registered == null ? null : capture(registered);
  }

  /** Registers a source, inside those that were registered before. */
  public static void add(Source source) {
    lookForServices();
    LOCK.lock();
    try {
      var all = new ArrayList<Source>(registered());
      all.add(source);
      sources = all.toArray(Source[]::new);
    } finally {
      LOCK.unlock();
    }
  }

  /** Forgets a source; children that have been started keep what they got from it. */
  public static void remove(Source source) {
    LOCK.lock();
    try {
      var all = new ArrayList<Source>(registered());
      all.remove(source);
      sources = all.isEmpty() ? null : all.toArray(Source[]::new);
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Calls {@code body} with the baggage unpacked, and throws what it threw. When the baggage cannot
   * be unpacked, that is thrown, and the body never runs; when only the tidying up afterwards
   * fails, the body's end counts and the failure is logged.
   */
  public static <T extends @Nullable Object> T call(Around around, Body<? extends T> body)
      throws Throwable {
    var once = new Once<T>(body);
    try {
      around.run(once);
    } catch (Throwable broken) {
      if (!once.called) {
        throw broken;
      }
      LOG.log(Level.WARNING, "a context carrier failed after the task it was around", broken);
    }
    return once.result();
  }

  private static @Nullable Around capture(Source[] registered) {
    if (registered == NOT_LOOKED_FOR) {
      lookForServices();
      return capture();
    }
    Around all = null;
    for (int i = registered.length - 1; i >= 0; i--) {
      Around outer = registered[i].capture();
      if (outer != null) {
        all = all == null ? outer : nest(outer, all);
      }
    }
    return all;
  }

  private static Around nest(Around outer, Around inner) {
    return body -> outer.run(() -> inner.run(body));
  }

  private static List<Source> registered() {
    Source[] now = sources;
    return now == null ? List.of() : Arrays.asList(now);
  }

  private static void lookForServices() {
    if (sources != NOT_LOOKED_FOR) {
      return;
    }
    // Not under the lock: this runs code of others, which may start tasks.
    List<Source> found = finder().find();
    LOCK.lock();
    try {
      if (sources == NOT_LOOKED_FOR) {
        sources = found.isEmpty() ? null : found.toArray(Source[]::new);
      }
    } finally {
      LOCK.unlock();
    }
  }

  private static Finder finder() {
    try {
      Constructor<?> maker = Class.forName(FINDER).getDeclaredConstructor();
      maker.setAccessible(true);
      return (Finder) maker.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(FINDER + " belongs to this module", e);
    }
  }

  private static final class Once<T extends @Nullable Object> implements Runnable {
    private final Body<? extends T> body;
    private boolean called;
    private @Nullable T value;
    private @Nullable Throwable thrown;

    Once(Body<? extends T> body) {
      this.body = body;
    }

    @Override
    public void run() {
      if (called) {
        throw new IllegalStateException("a context carrier runs the task it is put around once");
      }
      called = true;
      try {
        value = body.call();
      } catch (Throwable failure) {
        thrown = failure;
      }
    }

    @SuppressWarnings("NullAway") // the value is null only if the body returned that
    T result() throws Throwable {
      if (!called) {
        throw new IllegalStateException(
            "a context carrier did not run the task it was put around; call body.run() in it");
      }
      if (thrown != null) {
        throw thrown;
      }
      return value;
    }
  }
}
