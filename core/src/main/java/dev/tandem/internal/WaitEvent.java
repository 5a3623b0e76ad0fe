package dev.tandem.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A wait of a task, for the flight recorder. */
@Name("tandem.Wait")
@Label("Wait")
@Category("Tandem")
@Description("A task waited in an operation of Tandem")
@StackTrace(false)
@Threshold("20 ms")
public final class WaitEvent extends Event {

  @Label("Path")
  @Description("The task that waited")
  @Nullable String path;

  @Label("Kind")
  @Description("What was waited for")
  @Nullable String kind;

  @Label("Resource")
  @Description("Its name, if it has one")
  @Nullable String resource;

  @Label("State")
  @Description("How it stands as the wait ends")
  @Nullable String state;

  @Label("End")
  @Description("granted, timed out, cancelled or interrupted")
  @Nullable String end;
}
