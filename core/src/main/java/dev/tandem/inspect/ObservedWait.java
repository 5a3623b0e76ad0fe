package dev.tandem.inspect;

import java.time.Duration;
import java.util.Optional;

/**
 * One wait of a task.
 *
 * @param kind what is waited for, in a word or two, such as {@code permits}
 * @param resource which one, and in what state it was, as far as that is known; may be empty
 * @param deadline when the wait ends by itself, on the clock of the tasks; empty if it does not
 */
public record ObservedWait(String kind, String resource, Optional<Duration> deadline) {

  /** True when it is for nothing but the time to pass. */
  public boolean isSleep() {
    return kind.equals("sleep");
  }

  /** What is waited for, for people. */
  @Override
  public String toString() {
    return resource.isEmpty() ? kind : kind + " " + resource;
  }
}
