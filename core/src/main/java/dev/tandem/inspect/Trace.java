package dev.tandem.inspect;

import dev.tandem.inspect.Moment.CancelAsked;
import dev.tandem.inspect.Moment.Closed;
import dev.tandem.inspect.Moment.Ended;
import dev.tandem.inspect.Moment.Opened;
import dev.tandem.inspect.Moment.Spawned;
import dev.tandem.inspect.Moment.Started;
import dev.tandem.inspect.Moment.WaitBegan;
import dev.tandem.inspect.Moment.WaitEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A recording as lines of text. */
final class Trace {

  private static final int WIDEST_PATH = 40;

  private final Recording recording;
  private final boolean fine;
  private final int timeWidth;
  private final int pathWidth;
  private final Map<ObservedTask, Long> waitsSince = new HashMap<>();

  private Trace(Recording recording) {
    this.recording = recording;
    fine = recording.isFine();
    timeWidth = Recording.seconds(recording.length(), fine).length();
    pathWidth =
        recording.moments().stream()
            .mapToInt(moment -> Math.min(WIDEST_PATH, Cells.width(Recording.path(moment.task()))))
            .max()
            .orElse(0);
  }

  static List<String> lines(Recording recording) {
    var trace = new Trace(recording);
    var lines = new ArrayList<String>();
    if (recording.dropped() > 0) {
      lines.add(recording.lost());
    }
    List<Moment> moments = recording.moments();
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      Moment next = i + 1 < moments.size() ? moments.get(i + 1) : null;
      boolean begins =
          moment instanceof Spawned
              && moment.task().parent().isPresent()
              && next instanceof Started(long at, ObservedTask task)
              && at == moment.at()
              && task == moment.task();
      if (moment instanceof Spawned && moment.task().parent().isEmpty()) {
        continue;
      }
      if (begins) {
        lines.add(trace.line(moment, "begins, spawned" + by(moment.task())));
        i++;
      } else {
        lines.add(trace.line(moment, trace.words(moment)));
      }
    }
    return List.copyOf(lines);
  }

  private String line(Moment moment, String words) {
    String time = Recording.seconds(moment.at() - recording.origin(), fine);
    String path = Recording.printable(Recording.path(moment.task()));
    return " ".repeat(Math.max(0, timeWidth - time.length()))
        + time
        + "  "
        + Cells.padded(path, pathWidth)
        + "  "
        + Recording.printable(words);
  }

  private String words(Moment moment) {
    return switch (moment) {
      case Spawned spawned -> "is spawned" + by(spawned.task());
      case Started _ -> "begins";
      case WaitBegan(long at, ObservedTask task, ObservedWait wait) -> {
        waitsSince.put(task, at);
        yield wait.isSleep() ? "sleeps" + until(wait.deadline()) : "waits for " + wait;
      }
      case WaitEnded(long at, ObservedTask task, ObservedWait wait, WaitEnd end) ->
          end(end, wait) + after(waitsSince.remove(task), at);
      case Ended ended -> end(ended);
      case Opened(_, ObservedScope scope) -> "enters " + words(scope) + until(scope.deadline());
      case Closed(_, ObservedScope scope) -> "leaves " + words(scope);
      case CancelAsked(_, ObservedScope scope, String why) ->
          "is to be cancelled"
              + (scope.kind() == ObservedScope.Kind.TASK ? "" : ", " + words(scope))
              + ": "
              + why;
    };
  }

  private String until(Optional<Duration> deadline) {
    return deadline.map(end -> " until " + seconds(end.minusNanos(recording.origin()))).orElse("");
  }

  private String after(@Nullable Long since, long at) {
    return since == null ? "" : " after " + seconds(Duration.ofNanos(at - since));
  }

  private String seconds(Duration time) {
    return Recording.seconds(time.toNanos(), fine) + " s";
  }

  private static String by(ObservedTask task) {
    return task.parent().map(parent -> " by " + Recording.path(parent)).orElse("");
  }

  private static String end(WaitEnd end, ObservedWait wait) {
    return switch (end) {
      case GRANTED -> "goes on";
      case TIMED_OUT -> wait.isSleep() ? "wakes up" : "gives up, out of time,";
      case CANCELLED -> "gives up, cancelled,";
      case INTERRUPTED -> "gives up, interrupted,";
    };
  }

  private static String end(Ended ended) {
    return switch (ended.end()) {
      case SUCCEEDED -> "ends";
      case FAILED -> "fails: " + ended.thrown();
      case CANCELLED -> "ends, cancelled";
      case RUNNING, CANCELLING -> throw new AssertionError("no way to end: " + ended.end());
    };
  }

  private static String words(ObservedScope scope) {
    String kind =
        switch (scope.kind()) {
          case GROUP -> "group";
          case TIMEOUT -> "timeout";
          case SHIELD -> "shield";
          case TASK -> "task";
        };
    boolean named = !scope.path().isEmpty() && !scope.path().equals(scope.task().path());
    return named ? kind + " " + scope.path() : "a " + kind;
  }
}
