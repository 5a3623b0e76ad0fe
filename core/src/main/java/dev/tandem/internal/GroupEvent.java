package dev.tandem.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A group of tasks, from its begin to its end, for the flight recorder. */
@Name("tandem.Group")
@Label("Group")
@Category("Tandem")
@Description("A group or a gather, on the thread of its body")
@StackTrace(false)
public final class GroupEvent extends Event {

  @Label("Path")
  @Nullable String path;

  @Label("Cancelled")
  @Description("The reason why it was cancelled, if it was")
  @Nullable String cancelled;
}
