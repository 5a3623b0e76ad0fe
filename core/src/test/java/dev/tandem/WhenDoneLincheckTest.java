package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.internal.Context;
import dev.tandem.internal.Scenario;
import dev.tandem.internal.Scenario.Way;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A callback given while its task ends is told once, by the task or by whoever gave it. */
@Tag("lincheck")
final class WhenDoneLincheckTest {

  private static final class TwoCallbacksAgainstTheEnd extends Scenario {
    final Asker first = new Asker();
    final Asker second = new Asker();
    GroupTask<Integer> task;
    @Nullable Thread ender;

    @Override
    protected void run(Context context) throws Throwable {
      TaskGroup.run(
          (TaskGroup group) -> {
            Work<Integer, RuntimeException> unused = () -> 1;
            task = new GroupTask<>(group, null, 1, false, false, unused, null);
            ender = Thread.currentThread();
            start(() -> first.ask(task));
            start(() -> second.ask(task));
            task.over(null, false);
            task.afterEnd();
            awaitOthers();
          });
    }

    @Override
    protected void verify() {
      first.verify(ender);
      second.verify(ender);
    }
  }

  private static final class Asker {
    final AtomicInteger times = new AtomicInteger();
    volatile @Nullable Thread asking;
    volatile @Nullable Thread teller;

    void ask(Task<Integer> task) {
      asking = Thread.currentThread();
      task.whenDone(
          outcome -> {
            teller = Thread.currentThread();
            times.incrementAndGet();
          });
    }

    void verify(@Nullable Thread ender) {
      assertEquals(1, times.get());
      assertTrue(teller == asking || teller == ender, "told by somebody else");
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoCallbacksAgainstTheEnd_areToldByTheirOwnOrTheTask(Way way) throws Exception {
    way.check(() -> new TwoCallbacksAgainstTheEnd().play());
  }
}
