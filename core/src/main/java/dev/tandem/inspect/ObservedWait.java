package dev.tandem.inspect;

import java.time.Duration;
import java.util.Optional;

/**
 * One wait of a task.
 *
 * @param kind what is waited for: "semaphore", "lock", "sleep"
 * @param name what the program calls it; empty when it has no name
 * @param state how it stood as the wait began: "permits 0/5 free"; empty when there is nothing to
 *     say
 * @param deadline when the wait ends by itself, on the clock of the tasks; empty if it does not
 */
public record ObservedWait(String kind, String name, String state, Optional<Duration> deadline) {

  /** True when it is for nothing but the time to pass. */
  public boolean isSleep() {
    return kind.equals("sleep");
  }

  /** What is waited for, for people. */
  @Override
  public String toString() {
    String called = name.isEmpty() ? kind : kind + " '" + name + "'";
    return state.isEmpty() ? called : called + " (" + state + ")";
  }
}
