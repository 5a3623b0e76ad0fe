package dev.tandem.samples.fleet;

import dev.tandem.DeadlineExceededException;
import dev.tandem.Gather;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Visits all targets, one by one or together; the two differ in one line. */
final class Rounds {

  private final List<Target> targets;
  private final int limit;
  private final Duration timeout;
  private final Progress progress;
  private final ConfigStore store;

  Rounds(List<Target> targets, int limit, Duration timeout, Progress progress, ConfigStore store) {
    this.targets = targets;
    this.limit = limit;
    this.timeout = timeout;
    this.progress = progress;
    this.store = store;
  }

  /** One target at a time. */
  Round sequential() {
    return round("sequential", 1);
  }

  /** All of them, or as many as the limit allows. */
  Round concurrent() {
    return round("concurrent", limit);
  }

  /** A round that is cancelled still tells what was finished. */
  private Round round(String name, int atOnce) {
    var results = new AtomicReferenceArray<HostResult>(targets.size());
    var clock = new Stopwatch();
    progress.begin(name, targets.size());
    try {
      TaskGroup.run(
          group -> {
            group.startDaemon("progress", progress::keepDrawing);
            Gather.over(indexes())
                .limit(atOnce)
                .outcomes(
                    index -> {
                      double start = clock.seconds();
                      Target target = targets.get(index);
                      try {
                        HostResult result = visit(target, start, clock);
                        results.set(index, result);
                        progress.done(result);
                        return result;
                      } catch (InterruptedException cancelled) {
                        double seconds = clock.seconds() - start;
                        results.set(index, HostResult.cutShort(target, start, seconds));
                        throw cancelled;
                      }
                    });
          });
      progress.end(targets.size());
    } catch (InterruptedException cancelled) {
      progress.end(finished(results));
      // The scope stays cancelled: whatever waits next learns of it again.
      Thread.currentThread().interrupt();
    }
    return new Round(name, clock.seconds(), inOrder(results));
  }

  private HostResult visit(Target target, double start, Stopwatch clock)
      throws InterruptedException {
    try {
      byte[] answer = Tandem.timeout(timeout, () -> target.visit().ask());
      store.keep(target, answer);
      return result(target, Status.OK, start, clock, answer.length, "");
    } catch (InterruptedException cancelled) {
      throw cancelled;
    } catch (DeadlineExceededException late) {
      return result(target, Status.TIMED_OUT, start, clock, 0, tooLong());
    } catch (TimeoutException late) {
      return result(target, Status.TIMED_OUT, start, clock, 0, Reason.of(late));
    } catch (Exception failure) {
      Tandem.checkpoint();
      Status status = Reason.isTimeout(failure) ? Status.TIMED_OUT : Status.FAILED;
      return result(target, status, start, clock, 0, Reason.of(failure));
    }
  }

  /** In the words of who set the option; the exception names our tasks. */
  private String tooLong() {
    return "took longer than " + DurationConverter.words(timeout) + " (--timeout)";
  }

  private static HostResult result(
      Target target, Status status, double start, Stopwatch clock, long bytes, String error) {
    return new HostResult(
        target.host(), target.transport(), status, start, clock.seconds() - start, bytes, error);
  }

  private List<Integer> indexes() {
    return IntStream.range(0, targets.size()).boxed().toList();
  }

  private List<HostResult> inOrder(AtomicReferenceArray<HostResult> results) {
    var ordered = new ArrayList<HostResult>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      HostResult result = results.get(i);
      ordered.add(result == null ? HostResult.notBegun(targets.get(i)) : result);
    }
    return ordered;
  }

  private int finished(AtomicReferenceArray<HostResult> results) {
    return (int)
        inOrder(results).stream().filter(result -> result.status() != Status.CANCELLED).count();
  }
}
