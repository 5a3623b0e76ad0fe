package dev.tandem.samples.gallery.basics;

import static dev.tandem.Tandem.gather;
import static dev.tandem.Tandem.gatherOutcomes;
import static dev.tandem.Tandem.sleep;
import static java.time.Duration.ofSeconds;

import dev.tandem.Outcome.Failure;
import dev.tandem.Outcome.Success;
import dev.tandem.TaskGroup;
import dev.tandem.TaskGroupException;
import dev.tandem.samples.gallery.Sample;
import java.net.ProtocolException;
import java.util.List;

/**
 * Exceptions of tasks. A gather throws what its work threw, of that very type; a group says which
 * task it was; asked for outcomes, nothing is thrown and each failure stands in the list.
 */
public final class TaskErrors implements Sample {

  @Override
  public void run() throws InterruptedException {
    // asyncio:
    //   task = asyncio.create_task(risky(1))
    //   try:
    //       await task
    //   except ValueError as e:
    //       print("Exception caught:", e)
    //
    // Tandem:
    try {
      gather(() -> risky(1));
    } catch (ProtocolException e) {
      IO.println("Exception caught: " + e.getMessage());
    }

    try {
      TaskGroup.run(
          group -> {
            group.start("risky", () -> risky(1));
          });
    } catch (TaskGroupException failed) {
      IO.println("The group says: " + failed.getMessage());
    }

    for (var outcome : gatherOutcomes(List.of(1, 2, 3), TaskErrors::risky)) {
      switch (outcome) {
        case Success(var number, var result) -> IO.println(number + " succeeded: " + result);
        case Failure(var number, var error) -> IO.println(number + " failed: " + error);
        default -> IO.println(outcome.item() + " was cancelled");
      }
    }
  }

  private static String risky(int number) throws InterruptedException, ProtocolException {
    sleep(ofSeconds(1));
    if (number % 2 == 1) {
      throw new ProtocolException("answer " + number + " makes no sense");
    }
    return "answer " + number;
  }
}
