package dev.tandem;

import org.jspecify.annotations.Nullable;

/**
 * Carries something of a thread, such as a scoped value, a thread-local or a logging context, to
 * the tasks that the thread starts: asyncio's {@code contextvars}.
 *
 * <pre>{@code
 * ContextCarrier tenant =
 *     () -> {
 *       String captured = Tenant.current();
 *       return body -> Tenant.callAs(captured, body);
 *     };
 * }</pre>
 *
 * <p>Tasks of a group, items of a gather, racers and offloaded work see what their starter had when
 * they were started. Carriers are registered with {@link ContextCarriers#register}, or found by
 * {@link java.util.ServiceLoader} when the first task starts. As long as none is, starting a task
 * costs nothing more.
 */
@FunctionalInterface
public interface ContextCarrier {

  /**
   * Called by the thread that starts a task, once for each task, and once for a gather. What it
   * throws is thrown there, and nothing is started.
   *
   * @return what to carry; null when there is nothing
   */
  @Nullable Snapshot capture();

  /** What was captured. May be used by several threads at once, and more than once. */
  @FunctionalInterface
  interface Snapshot {

    /**
     * Makes the snapshot visible, calls {@code body} once on the same thread, and leaves the thread
     * as it was. When this throws before it has called {@code body}, the task fails with that and
     * has not run; when it throws later, the task's own end counts, and the failure is logged by
     * {@code dev.tandem.context}. The body itself does not throw.
     */
    void around(Runnable body);
  }
}
