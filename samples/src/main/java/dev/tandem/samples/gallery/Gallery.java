package dev.tandem.samples.gallery;

import dev.tandem.samples.gallery.basics.AsCompleted;
import dev.tandem.samples.gallery.basics.AwaitInALoop;
import dev.tandem.samples.gallery.basics.BackgroundTask;
import dev.tandem.samples.gallery.basics.CancellationCleanup;
import dev.tandem.samples.gallery.basics.FireAndForget;
import dev.tandem.samples.gallery.basics.GatherFailures;
import dev.tandem.samples.gallery.basics.GatherInOrder;
import dev.tandem.samples.gallery.basics.GroupOfTasks;
import dev.tandem.samples.gallery.basics.HelloAsync;
import dev.tandem.samples.gallery.basics.NamedTasks;
import dev.tandem.samples.gallery.basics.NestedRun;
import dev.tandem.samples.gallery.basics.NumberedItems;
import dev.tandem.samples.gallery.basics.SyncVsConcurrent;
import dev.tandem.samples.gallery.basics.TaskErrors;
import dev.tandem.samples.gallery.basics.Timeouts;
import dev.tandem.samples.gallery.basics.WaitFirst;
import dev.tandem.samples.gallery.basics.WhenNotTo;
import dev.tandem.samples.gallery.blocking.AsyncFromSync;
import dev.tandem.samples.gallery.blocking.ConcurrentFiles;
import dev.tandem.samples.gallery.blocking.FileInputOutput;
import dev.tandem.samples.gallery.blocking.SyncFromAsync;
import dev.tandem.samples.gallery.coordination.AsyncDatabases;
import dev.tandem.samples.gallery.coordination.AsyncRanges;
import dev.tandem.samples.gallery.coordination.LimitedCalls;
import dev.tandem.samples.gallery.coordination.NotTooOften;
import dev.tandem.samples.gallery.coordination.OpenAndClose;
import dev.tandem.samples.gallery.coordination.PagesUntilEmpty;
import dev.tandem.samples.gallery.coordination.ProducerConsumer;
import dev.tandem.samples.gallery.coordination.PubSubWeather;
import dev.tandem.samples.gallery.coordination.TakingTurns;
import dev.tandem.samples.gallery.coordination.TopCustomers;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The samples, in the order in which one would read them. */
public final class Gallery {

  /** All of them. */
  public static final List<Exhibit> EXHIBITS =
      List.of(
          new Exhibit(
              "hello-async", "a first program: run, sleep, print", "D E", RunsOn.VIRTUAL, new HelloAsync()),
          new Exhibit(
              "sync-vs-concurrent", "the same calls one by one and together", "A C D E", RunsOn.VIRTUAL, new SyncVsConcurrent()),
          new Exhibit(
              "await-in-a-loop", "the usual first mistake, and its fix", "A", RunsOn.VIRTUAL, new AwaitInALoop()),
          new Exhibit(
              "gather", "many calls at once, results in order", "A B D", RunsOn.VIRTUAL, new GatherInOrder()),
          new Exhibit(
              "gather-failures", "one of many fails: stop all, or keep every outcome", "A B C D", RunsOn.VIRTUAL, new GatherFailures()),
          new Exhibit(
              "enumerate", "elements with their numbers", "C", RunsOn.VIRTUAL, new NumberedItems()),
          new Exhibit(
              "tasks", "named tasks, started now and awaited later", "A B D", RunsOn.VIRTUAL, new NamedTasks()),
          new Exhibit(
              "background-task", "a ticker beside the main work", "A C", RunsOn.VIRTUAL, new BackgroundTask()),
          new Exhibit(
              "wait-first", "wait for the first, for a failure, or for all", "A D", RunsOn.VIRTUAL, new WaitFirst()),
          new Exhibit(
              "as-completed", "results in the order in which they come", "D", RunsOn.VIRTUAL, new AsCompleted()),
          new Exhibit(
              "timeouts", "deadlines: of a call, a block, each host, nested", "A B D", RunsOn.VIRTUAL, new Timeouts()),
          new Exhibit(
              "task-group", "tasks that end together, and how failures end them", "B", RunsOn.VIRTUAL, new GroupOfTasks()),
          new Exhibit(
              "cancellation-cleanup", "a worker that cleans up when it is cancelled", "A", RunsOn.VIRTUAL, new CancellationCleanup()),
          new Exhibit(
              "nested-run", "a run inside a run", "A", RunsOn.VIRTUAL, new NestedRun()),
          new Exhibit(
              "fire-and-forget", "tasks that nobody waits for, and none is lost", "A", RunsOn.VIRTUAL, new FireAndForget()),
          new Exhibit(
              "task-errors", "exceptions of one task and of several", "D", RunsOn.VIRTUAL, new TaskErrors()),
          new Exhibit(
              "when-not-to", "where doing things at once does not help, measured", "C E", RunsOn.REAL, new WhenNotTo()),
          new Exhibit(
              "semaphore", "at most so many at once", "A B D E", RunsOn.VIRTUAL, new LimitedCalls()),
          new Exhibit(
              "lock", "one at a time, in turn", "D", RunsOn.VIRTUAL, new TakingTurns()),
          new Exhibit(
              "rate-limiter", "so many calls a second", "D", RunsOn.VIRTUAL, new NotTooOften()),
          new Exhibit(
              "producer-consumer", "a bounded queue and three workers", "A", RunsOn.VIRTUAL, new ProducerConsumer()),
          new Exhibit(
              "pub-sub-weather", "three cities publish, one reader prints", "E", RunsOn.VIRTUAL, new PubSubWeather()),
          new Exhibit(
              "async-iterator", "numbers that take their time, for a plain loop", "B D", RunsOn.VIRTUAL, new AsyncRanges()),
          new Exhibit(
              "async-generator-pages", "page by page until one is empty", "A", RunsOn.VIRTUAL, new PagesUntilEmpty()),
          new Exhibit(
              "generators", "a generator and its loop take turns", "E", RunsOn.VIRTUAL, new TopCustomers()),
          new Exhibit(
              "async-context", "things that are opened and closed", "A B D", RunsOn.VIRTUAL, new OpenAndClose()),
          new Exhibit(
              "async-database", "connect, query, disconnect", "A", RunsOn.VIRTUAL, new AsyncDatabases()),
          new Exhibit(
              "async-from-sync", "concurrent code called from a plain method", "A D", RunsOn.VIRTUAL, new AsyncFromSync()),
          new Exhibit(
              "sync-from-async", "blocking code on threads of its own", "A D", RunsOn.VIRTUAL, new SyncFromAsync()),
          new Exhibit(
              "file-io", "write a file and read it back", "D", RunsOn.REAL, new FileInputOutput()),
          new Exhibit(
              "concurrent-files", "many files at once, but not too many", "D", RunsOn.REAL, new ConcurrentFiles()));

  private Gallery() {}

  /** The exhibit with that id, or one sentence that says which there are. */
  static Exhibit find(String id, CommandLine command) {
    return EXHIBITS.stream()
        .filter(exhibit -> exhibit.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new ParameterException(command, unknown(id)));
  }

  private static String unknown(String id) {
    List<String> near = Nearest.to(id, EXHIBITS.stream().map(Exhibit::id).toList());
    return "There is no sample '"
        + id
        + "'; did you mean "
        + String.join(", ", near.subList(0, near.size() - 1))
        + " or "
        + near.getLast()
        + "?";
  }
}
