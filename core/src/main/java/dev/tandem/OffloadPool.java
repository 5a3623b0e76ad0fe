package dev.tandem;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.PlatformThreads;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A pool of platform threads to offload to.
 *
 * <pre>{@code
 * try (var pool = Offload.pool("images", 4)) {
 *   List<Image> small = gather(files, file -> pool.run(() -> codec.shrink(file)));
 * }
 * }</pre>
 *
 * <p>Its threads are daemons, made when they are needed, and end when they had nothing to do for a
 * minute.
 */
public final class OffloadPool implements Offload, AutoCloseable {

  private final OffloadView view;
  private final ExecutorService threads;

  OffloadPool(String name, int size) {
    requireNonNull(name, "name");
    OffloadSite.checked(size, "size");
    threads = PlatformThreads.pool(name, size, Defaults.OFFLOAD_IDLE);
    view = OffloadView.of(new OffloadSite("the pool '" + name + "'", threads, size, false));
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work)
      throws X, InterruptedException {
    return view.run(work);
  }

  @Override
  public <X extends Exception> void run(Action<X> work) throws X, InterruptedException {
    view.run(work);
  }

  @Override
  public Offload named(String name) {
    return view.named(name);
  }

  @Override
  public AbandonableOffload abandonOnCancel() {
    return view.abandonOnCancel();
  }

  @Override
  public Statistics statistics() {
    return view.statistics();
  }

  /**
   * Takes no more work, turns away who waits for a thread, and waits for the work that runs. When
   * the caller is cancelled or interrupted, that work is cancelled and still waited for, and told
   * of when it does not stop. Abandoned work, which may never end, is waited for 10 seconds at
   * most, then told of and left behind. Closing again only waits.
   *
   * @throws StructureException when the caller is work of this pool, which would wait for itself
   */
  @Override
  public void close() {
    view.site().close();
    threads.shutdown();
  }

  @Override
  public String toString() {
    return view.toString();
  }
}
