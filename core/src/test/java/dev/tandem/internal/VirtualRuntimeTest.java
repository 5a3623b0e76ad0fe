package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class VirtualRuntimeTest {

  @Test
  void start_threadDoesNotStart_timeGoesOnWithoutIt() throws Exception {
    var runtime = VirtualRuntime.inOrder(TaskRuntime.NEVER, stop -> {});
    Thread used = runtime.newThread(() -> {});
    used.start();
    used.join();
    assertThrows(IllegalThreadStateException.class, () -> runtime.start(used));
    var fired = new AtomicLong(-1);
    runtime.schedule(Duration.ofSeconds(1).toNanos(), () -> fired.set(runtime.now()));
    // The only task that runs is over.
    runtime.ended();
    assertEquals(Duration.ofSeconds(1).toNanos(), fired.get());
  }

  private static <T> T on(VirtualRuntime runtime, Context.Body<T> body) throws Throwable {
    return Context.callOn(runtime, body);
  }

  @Test
  void scheduleInBackground_everyTaskWaits_isNoReasonToGoOn() throws Throwable {
    var stops = new ArrayList<VirtualRuntime.Stop>();
    var waiter = new AtomicReference<Waiter>();
    var runtime =
        VirtualRuntime.inOrder(
            TaskRuntime.NEVER,
            why -> {
              stops.add(why);
              waiter.get().signal();
            });
    runtime.scheduleInBackground(1, () -> stops.add(null));
    runtime.schedule(2, () -> {});
    on(
        runtime,
        context -> {
          waiter.set(new Waiter());
          return Parking.await(waiter.get(), TaskRuntime.NEVER);
        });
    // It happens as long as time goes on for others.
    assertEquals(Arrays.asList(null, VirtualRuntime.Stop.DEADLOCK), stops);
    assertEquals(2, runtime.now());
  }

  @Test
  void park_endsNeitherByItselfNorWhenToldTo_isInterrupted() {
    var runtime = VirtualRuntime.inOrder(TaskRuntime.NEVER, why -> {});
    assertThrows(
        InterruptedException.class,
        () -> on(runtime, context -> Parking.await(new Waiter(false), TaskRuntime.NEVER)));
    assertEquals(VirtualRuntime.Stop.DEADLOCK, runtime.stopped());
  }
}
