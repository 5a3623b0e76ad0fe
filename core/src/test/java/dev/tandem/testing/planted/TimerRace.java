package dev.tandem.testing.planted;

import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.Task;
import dev.tandem.TaskGroup;
import dev.tandem.sync.AsyncEvent;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The answer comes at the moment at which the question is given up, and each side has its way. */
final class TimerRace extends Planted<TimerRace.Question> {

  TimerRace() {
    super("timer race", Wrong::new, Right::new);
  }

  abstract static class Question {
    final AsyncEvent answered = AsyncEvent.create();

    /** What became of it; false when the answer came too late. */
    abstract boolean answer(String text);

    abstract String await() throws InterruptedException;
  }

  private static final class Wrong extends Question {
    private String answer = "";
    private boolean late;

    @Override
    boolean answer(String text) {
      if (late) {
        return false;
      }
      answer = text;
      answered.set();
      return true;
    }

    @Override
    String await() throws InterruptedException {
      if (!answered.await(ofSeconds(1))) {
        late = true;
        return "none";
      }
      return answer;
    }
  }

  private static final class Right extends Question {
    private final AtomicReference<@Nullable String> answer = new AtomicReference<>();

    @Override
    boolean answer(String text) {
      boolean inTime = answer.compareAndSet(null, text);
      answered.set();
      return inTime;
    }

    @Override
    String await() throws InterruptedException {
      answered.await(ofSeconds(1));
      answer.compareAndSet(null, "none");
      return String.valueOf(answer.get());
    }
  }

  @Override
  void program(TaskGroup group, Question question) throws Exception {
    Task<String> asked = group.start("asks", question::await);
    Task<Boolean> inTime =
        group.start(
            "answers",
            () -> {
              sleep(ofSeconds(1));
              return question.answer("42");
            });
    assertEquals(inTime.await() ? "42" : "none", asked.await());
  }
}
