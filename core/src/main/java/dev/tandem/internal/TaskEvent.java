package dev.tandem.internal;

import jdk.jfr.Category;
import jdk.jfr.Contextual;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A task, from its begin to its end, for the flight recorder. */
@Name("tandem.Task")
@Label("Task")
@Category("Tandem")
@Description("A task or an item of a gather, on its own thread")
@StackTrace(false)
public final class TaskEvent extends Event {

  /** Contextual: a tool can show it with every event of the JDK in the same thread meanwhile. */
  @Label("Path")
  @Contextual
  @Nullable String path;

  @Label("Parent")
  @Description("The path of what started it; empty at the root")
  @Nullable String parent;

  @Label("Outcome")
  @Description("succeeded, failed or cancelled")
  @Nullable String outcome;

  @Label("Failure")
  @Description("The class of what it threw")
  @Nullable String failure;
}
