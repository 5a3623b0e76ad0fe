package dev.tandem;

import java.util.List;

/**
 * What {@link Tandem#waitFor} found when it returned, each list in the order in which the tasks
 * were given.
 *
 * @param done the tasks that had ended, in any of the three ways
 * @param pending the tasks that still ran
 * @param <K> the kind of task
 */
public record Waited<K extends Task<?>>(List<K> done, List<K> pending) {

  /** Two lists that nobody changes any more. */
  public Waited {
    done = List.copyOf(done);
    pending = List.copyOf(pending);
  }
}
