package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VirtualRuntimeTest {

  @Test
  void start_threadDoesNotStart_timeGoesOnWithoutIt() throws Exception {
    var runtime = new VirtualRuntime(() -> {});
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
}
