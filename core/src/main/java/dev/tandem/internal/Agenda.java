package dev.tandem.internal;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to happen in virtual time, in the order in which it was asked for at each moment. */
final class Agenda {

  private final TreeSet<Event> events = new TreeSet<>();
  private long sequence;
  private int inBackground;

  /**
   * Something that will happen, unless it is taken out before.
   *
   * @param background whether it is no reason to let time go on
   */
  record Event(long time, long sequence, boolean background, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  Event add(long time, boolean background, Runnable action) {
    var event = new Event(time, sequence++, background, action);
    events.add(event);
    inBackground += background ? 1 : 0;
    return event;
  }

  void remove(Event event) {
    if (events.remove(event)) {
      inBackground -= event.background ? 1 : 0;
    }
  }

  /** True when something is due at {@code time}. */
  boolean isDue(long time) {
    Event next = next();
    return next != null && next.time <= time;
  }

  /** What happens next, as long as there is more ahead than what is in the background. */
  @Nullable Event next() {
    return events.size() == inBackground ? null : events.first();
  }
}
