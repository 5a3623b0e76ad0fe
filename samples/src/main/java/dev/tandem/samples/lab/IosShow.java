package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tandem.Tandem;
import dev.tandem.interop.Futures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Answers the show commands of one channel: after the delay, counted, or with the fault. */
final class IosShow {

  /** Where text goes. */
  interface Lines<T> {
    void write(T text) throws IOException, InterruptedException;
  }

  private final IosDevice device;
  private final Duration delay;
  private final IseCounters counters;
  private final CompletableFuture<@Nullable Void> gone;
  private final Lines<byte[]> reset;

  /**
   * For one channel.
   *
   * @param gone done when the client has left
   * @param reset sends what it is given and then resets the connection
   */
  IosShow(
      IosDevice device,
      Duration delay,
      IseCounters counters,
      CompletableFuture<@Nullable Void> gone,
      Lines<byte[]> reset) {
    this.device = device;
    this.delay = delay;
    this.counters = counters;
    this.gone = gone;
    this.reset = reset;
  }

  /**
   * Answers a show command.
   *
   * @param command in full words
   * @param first takes what comes before the delay
   * @param rest takes the rest; by then the command counts as done, so that a client's limit is
   *     what is seen
   */
  void answer(String command, Lines<String> first, Lines<List<String>> rest)
      throws IOException, InterruptedException {
    List<String> text;
    counters.begin();
    try {
      if (device.fault == IosFault.NOT_AUTHORIZED) {
        text = List.of("% Authorization failed");
      } else {
        if (command.equals("show running-config")) {
          first.write("Building configuration...");
        }
        pause();
        text = text(command);
      }
    } finally {
      counters.end();
    }
    if (device.fault == IosFault.RESET) {
      String all = String.join("\r\n", text);
      reset.write(all.substring(0, all.length() / 2).getBytes(ISO_8859_1));
    } else {
      rest.write(text);
    }
  }

  private List<String> text(String command) {
    return switch (command) {
      case "show running-config" -> device.texts().configuration();
      case "show version" -> device.texts().version();
      case "show ip interface brief" -> device.texts().interfaces();
      default -> throw new IllegalArgumentException("not a show command: " + command);
    };
  }

  /** Takes its time, or forever; but no longer than the client is there. */
  private void pause() throws IOException, InterruptedException {
    boolean left;
    if (device.fault == IosFault.SILENT_ON_SHOW) {
      left = untilGone();
    } else if (delay.isZero()) {
      left = gone.isDone();
    } else {
      left = Tandem.moveOnAfter(delay, this::untilGone).orElse(false);
    }
    if (left) {
      throw new IOException("the client is gone");
    }
  }

  private boolean untilGone() throws InterruptedException {
    try {
      // A copy, because a wait that is cut short cancels what it waits for.
      Futures.await(gone.copy());
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a channel cannot fail", e);
    }
  }
}
