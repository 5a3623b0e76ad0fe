package dev.tandem.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Somebody asks for a cancellation, for the flight recorder. */
@Name("tandem.Cancel")
@Label("Cancel")
@Category("Tandem")
@Description("A scope was cancelled")
@StackTrace(false)
public final class CancelEvent extends Event {

  @Label("Scope")
  @Description("The path of what was cancelled")
  @Nullable String scope;

  @Label("Reason")
  @Nullable String reason;

  @Label("Requester")
  @Description("The path of the task that asked; empty outside every task")
  @Nullable String requester;
}
