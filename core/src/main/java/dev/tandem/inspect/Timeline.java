package dev.tandem.inspect;

import dev.tandem.Cancellation;
import dev.tandem.TaskState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what tasks do, and shows it: as lines of text, as a chart for the terminal, as a picture,
 * or for a trace viewer.
 *
 * <pre>{@code
 * var timeline = Timeline.ofAtMost(100_000);
 * try (var observation = Observation.of(timeline)) {
 *   program.run();
 * }
 * println(timeline.gantt(80));
 * Files.writeString(path, timeline.svg());
 * }</pre>
 *
 * <p>It keeps so many events; when there are more, the oldest go, and {@link #dropped} counts them.
 * It can be looked at while it is being filled, from any thread. The pictures show at most the
 * first few hundred tasks and say how many more there are.
 *
 * <p>Times are in seconds, from the first event on. In virtual time the same program with the same
 * seed gives the same text, byte for byte, as long as its own words (names, messages of exceptions)
 * do, and none of its work is on threads of others.
 */
public final class Timeline implements TaskObserver {

  /** Longer texts, such as messages of exceptions, are cut. */
  private static final int LONGEST_TEXT = 200;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Deque<Moment> kept = new ArrayDeque<>();
  private long dropped;
  private long origin;

  private Timeline(int most) {
    this.most = most;
  }

  /**
   * A timeline that keeps the latest events, so many at most. An event takes some 50 bytes, and
   * each task and scope a little more.
   *
   * @throws IllegalArgumentException when {@code events} is below 1
   */
  public static Timeline ofAtMost(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("events must be at least 1, but was " + events);
    }
    return new Timeline(events);
  }

  /** How many events it keeps now. */
  public int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many events it has lost because there were too many. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** A line for each event: the time in seconds, the task's path, what happened. */
  public List<String> lines() {
    return Trace.lines(recording());
  }

  /**
   * A chart of so many columns: a row for each task, in order of start, each below the task that
   * started it, and a time axis.
   *
   * @throws IllegalArgumentException when {@code columns} is below 30
   */
  public String gantt(int columns) {
    return Gantt.of(recording(), columns, false);
  }

  /** Like {@link #gantt}, in the colours of an ANSI terminal. */
  public String ganttInColour(int columns) {
    return Gantt.of(recording(), columns, true);
  }

  /** The chart as a picture that stands for itself, in SVG. */
  public String svg() {
    return Svg.of(recording());
  }

  /**
   * The events in Chrome's trace format, which <a href="https://ui.perfetto.dev">Perfetto</a> and
   * others show: a track for each task, with its scopes and waits, and marks for cancellations.
   */
  public String perfetto() {
    return Perfetto.of(recording());
  }

  @Override
  public void taskSpawned(Duration at, ObservedTask task) {
    add(new Moment.Spawned(at.toNanos(), task));
  }

  @Override
  public void taskStarted(Duration at, ObservedTask task) {
    add(new Moment.Started(at.toNanos(), task));
  }

  @Override
  public void waitBegan(Duration at, ObservedTask task, ObservedWait wait) {
    add(new Moment.WaitBegan(at.toNanos(), task, wait));
  }

  @Override
  public void waitEnded(Duration at, ObservedTask task, ObservedWait wait, WaitEnd end) {
    add(new Moment.WaitEnded(at.toNanos(), task, wait, end));
  }

  @Override
  public void taskEnded(Duration at, ObservedTask task, TaskState end, Optional<Throwable> thrown) {
    String words = thrown.map(Timeline::words).orElse("");
    add(new Moment.Ended(at.toNanos(), task, end, words));
  }

  @Override
  public void scopeOpened(Duration at, ObservedScope scope) {
    add(new Moment.Opened(at.toNanos(), scope));
  }

  @Override
  public void scopeClosed(Duration at, ObservedScope scope) {
    add(new Moment.Closed(at.toNanos(), scope));
  }

  @Override
  public void cancelAsked(Duration at, ObservedScope scope, Cancellation why) {
    add(new Moment.CancelAsked(at.toNanos(), scope, cut(why.toString())));
  }

  @Override
  public String toString() {
    lock.lock();
    try {
      return "Timeline[" + kept.size() + " events, " + dropped + " dropped]";
    } finally {
      lock.unlock();
    }
  }

  private void add(Moment moment) {
    lock.lock();
    try {
      if (kept.isEmpty()) {
        origin = moment.at();
      }
      if (kept.size() == most) {
        kept.removeFirst();
        dropped++;
      }
      kept.addLast(moment);
    } finally {
      lock.unlock();
    }
  }

  private Recording recording() {
    List<Moment> moments;
    long lost;
    long from;
    lock.lock();
    try {
      moments = new ArrayList<>(kept);
      lost = dropped;
      from = origin;
    } finally {
      lock.unlock();
    }
    // Threads tell at the same time, and who cancels tells a little late.
    moments.sort(Comparator.comparingLong(Moment::at));
    return new Recording(
        moments, lost, moments.isEmpty() ? from : Math.min(from, moments.getFirst().at()));
  }

  private static String words(Throwable thrown) {
    String type = thrown.getClass().getSimpleName();
    String message = thrown.getMessage();
    return cut(message == null || message.isBlank() ? type : type + ": " + message);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    // Not in the middle of a character.
    boolean half = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
    return text.substring(0, half ? LONGEST_TEXT - 1 : LONGEST_TEXT) + "…";
  }
}
