package dev.tandem;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The failures of one group or gather, in the order in which they happened; bounded. */
final class Failures {

  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final List<TaskFailedException> kept = new ArrayList<>(1);
  private int count;

  void add(String path, Throwable failure) {
    // Made outside the lock, for it asks the failure what it has to say.
    add(count() < Defaults.FAILURES_KEPT ? new TaskFailedException(path, failure) : null);
  }

  /**
   * Adds what failed behind a cancellation: {@code stopped} itself when it says more than that the
   * work was stopped, otherwise what it brings along.
   */
  void addBehind(Supplier<String> path, Throwable stopped) {
    if (Endings.isMereInterrupt(stopped)) {
      addBroughtAlong(path, stopped);
    } else {
      add(path.get(), stopped);
    }
  }

  /**
   * Adds what was attached to a cancellation on its way: the failures of tasks further in, and
   * those of resources that were closed for it.
   */
  void addBroughtAlong(Supplier<String> path, Throwable stopped) {
    int depth = 0;
    for (Throwable link = stopped;
        link != null && depth < 16;
        link = Endings.causeOf(link), depth++) {
      for (Throwable brought : link.getSuppressed()) {
        if (brought instanceof TaskFailedException report) {
          // Of one that came of awaiting a task, the failure is in the books already.
          if (!report.isKnownTo(this)) {
            add(report);
          }
        } else if (!Endings.isMereInterrupt(brought) && !isReported(link, brought)) {
          add(path.get(), brought);
        }
      }
      if (link instanceof InterruptedException) {
        // What caused the cancellation is reported by whoever it came from.
        return;
      }
    }
  }

  private static boolean isReported(Throwable carrier, Throwable failure) {
    for (Throwable other : carrier.getSuppressed()) {
      if (other instanceof TaskFailedException report && report.failure() == failure) {
        return true;
      }
    }
    return false;
  }

  private void add(@Nullable TaskFailedException report) {
    lock.lock();
    try {
      count++;
      if (report != null && kept.size() < Defaults.FAILURES_KEPT) {
        kept.add(report);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    return count() == 0;
  }

  int count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  List<TaskFailedException> kept() {
    lock.lock();
    try {
      return List.copyOf(kept);
    } finally {
      lock.unlock();
    }
  }

  Throwable first() {
    return kept().getFirst().failure();
  }

  /** True when {@code thrown} came of awaiting a task whose failure is recorded here. */
  boolean isEcho(Throwable thrown) {
    return thrown instanceof TaskFailedException report
        && (report.isKnownTo(this)
            || kept().stream().anyMatch(known -> known.failure() == report.failure()));
  }

  /** Tells the log of what nobody else will tell. */
  void log(String when) {
    for (TaskFailedException failure : kept()) {
      LOG.log(Level.WARNING, "a failure " + when, failure);
    }
    int left = count() - kept().size();
    if (left > 0) {
      LOG.log(Level.WARNING, "{0} further failures {1}", left, when);
    }
  }

  /** Adds what is recorded here to {@code thrown}, which is reported instead. */
  <T extends Throwable> T attachTo(T thrown) {
    List<Throwable> known = List.of(thrown.getSuppressed());
    int attached = known.size();
    if (attached >= Defaults.SUPPRESSED_AT_MOST) {
      // One exception object thrown again and again would gather the failures of a whole program.
      log("beside " + Words.of(thrown));
      return thrown;
    }
    for (TaskFailedException failure : kept()) {
      if (failure.failure() == thrown || known.contains(failure)) {
        continue;
      }
      thrown.addSuppressed(failure);
      if (thrown.getSuppressed().length == attached) {
        // An exception that takes no suppressed ones must not make them vanish.
        LOG.log(Level.WARNING, "a further failure, beside " + Words.of(thrown), failure);
      } else {
        attached++;
      }
    }
    int left = count() - kept().size();
    if (left > 0) {
      LOG.log(Level.WARNING, "{0} further failures, beside {1}", left, Words.of(thrown));
    }
    return thrown;
  }
}
