package dev.tandem.inspect;

import static java.util.Objects.requireNonNull;

import dev.tandem.internal.Context;
import dev.tandem.internal.TaskRuntime;

/**
 * The time during which somebody looks at what tasks do.
 *
 * <pre>{@code
 * try (var observation = Observation.of(observer)) {
 *   program.run();
 * }
 * }</pre>
 *
 * <p>In real time the whole process is observed, whichever thread began it. Inside a run in virtual
 * time only that run is, which {@code VirtualTime.observedBy(observer)} does from its start. Tasks
 * that run already are told of by what they do next.
 *
 * <p>While nobody observes, a task pays for it with one read at each start, wait and end.
 */
public final class Observation implements AutoCloseable {

  private final TaskRuntime observed;
  private final Teller teller;

  private Observation(TaskRuntime observed, Teller teller) {
    this.observed = observed;
    this.teller = teller;
  }

  /** Begins to tell {@code observer}, after those that were there before. */
  public static Observation of(TaskObserver observer) {
    var teller = new Teller(requireNonNull(observer, "observer"));
    TaskRuntime here = Context.currentRuntime();
    here.addObserver(teller);
    return new Observation(here, teller);
  }

  /**
   * Ends it. Another thread may be in the observer at this moment; after that nothing is told, also
   * of waits and tasks that were under way.
   */
  @Override
  public void close() {
    observed.removeObserver(teller);
    teller.close();
  }
}
