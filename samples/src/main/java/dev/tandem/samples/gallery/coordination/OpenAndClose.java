package dev.tandem.samples.gallery.coordination;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofMillis;

import dev.tandem.Resource;
import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.samples.gallery.Elapsed;
import dev.tandem.samples.gallery.Sample;
import java.io.IOException;
import java.time.Instant;

/**
 * Things that are opened and closed, and wait while they do: by a class, from two functions,
 * several at once closed in reverse, also when something fails, and owned by a group.
 */
public final class OpenAndClose implements Sample {

  @Override
  public void run() throws InterruptedException {
    Instant start = Tandem.now();
    try (var file = new LogFile("backup.log")) {
      file.add("a class with a close method");
    }

    // asyncio:
    //   @asynccontextmanager
    //   async def session(host):
    //       conn = await connect(host)
    //       try: yield conn
    //       finally: await disconnect(conn)
    //
    //   async with session("sw1") as conn: print("Using", conn)
    //
    // Tandem:
    try (var session = Resource.open(() -> connect("sw1"), OpenAndClose::disconnect)) {
      IO.println("Using " + session.get());
    }

    try (var outer = Resource.open(() -> connect("jump-host"), OpenAndClose::disconnect);
        var inner = Resource.open(() -> connect("sw2"), OpenAndClose::disconnect)) {
      IO.println("Using " + inner.get() + " through " + outer.get());
      throw new IOException("the config of sw2 is empty");
    } catch (IOException failure) {
      IO.println("Closed in reverse, then caught: " + failure.getMessage());
    }

    TaskGroup.run(
        group -> {
          var file = group.own(new LogFile("tasks.log"));
          group.start("task", () -> file.add("owned by the group, written by a task"));
        });
    IO.println("after " + Elapsed.since(start));
  }

  private static String connect(String host) throws InterruptedException {
    IO.println("Connecting to " + host);
    sleep(ofMillis(100));
    return host;
  }

  private static void disconnect(String host) throws InterruptedException {
    sleep(ofMillis(100));
    IO.println("Disconnecting from " + host);
  }

  private record LogFile(String name) implements AutoCloseable {

    LogFile {
      IO.println("Opening " + name);
    }

    void add(String line) {
      IO.println(name + ": " + line);
    }

    @Override
    public void close() {
      IO.println("Closing " + name);
    }
  }
}
