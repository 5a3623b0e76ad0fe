package dev.tandem.internal;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to happen in virtual time, in the order in which it was asked for at each moment. */
final class Agenda {

  private final TreeSet<Event> events = new TreeSet<>();
  private long sequence;

  /** Something that will happen, unless it is taken out before. */
  record Event(long time, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  Event add(long time, Runnable action) {
    var event = new Event(time, sequence++, action);
    events.add(event);
    return event;
  }

  void remove(Event event) {
    events.remove(event);
  }

  /** True when something is due at {@code time}. */
  boolean isDue(long time) {
    return !events.isEmpty() && events.first().time <= time;
  }

  /** Takes out what happens next; null when nothing will. */
  @Nullable Event poll() {
    return events.pollFirst();
  }
}
