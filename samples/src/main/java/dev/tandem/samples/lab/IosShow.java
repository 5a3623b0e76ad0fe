package dev.tandem.samples.lab;

import dev.tandem.Tandem;
import java.io.IOException;
import java.time.Duration;

/** Answers the show commands of one device, and counts them. */
final class IosShow {

  private final IosDevice device;
  private final Duration delay;
  private final IosCounters counters;

  IosShow(IosDevice device, Duration delay, IosCounters counters) {
    this.device = device;
    this.delay = delay;
    this.counters = counters;
  }

  /** Where output goes: straight to the terminal, or through the pager. */
  interface Output {
    void write(String text) throws IOException, InterruptedException;
  }

  /**
   * Writes the answer.
   *
   * @param now for what must be seen before the pause
   * @param output for the rest
   */
  void answer(IosGrammar.Verb verb, Output now, Output output)
      throws IOException, InterruptedException {
    counters.begin();
    try {
      switch (verb) {
        case SHOW_RUNNING_CONFIG -> configuration(now, output);
        case SHOW_VERSION -> output.write(IosTexts.version(device.index(), device.hostname()));
        case SHOW_INTERFACES -> output.write(IosTexts.interfaces(device.index()));
        default -> throw new IllegalArgumentException("not a show command: " + verb);
      }
    } finally {
      counters.end();
    }
  }

  private void configuration(Output now, Output output) throws IOException, InterruptedException {
    if (device.fault() == IosFault.NOT_AUTHORIZED) {
      now.write("% Authorization failed.\n");
      return;
    }
    now.write(IosTexts.BUILDING);
    Tandem.sleep(device.fault() == IosFault.CONFIGURATION_HANGS ? Duration.ofDays(365) : delay);
    String text = IosTexts.configuration(device.index(), device.hostname());
    if (device.fault() == IosFault.CUT_IN_CONFIGURATION) {
      now.write(text.substring(0, text.length() / 2));
      throw new IosCutException();
    }
    output.write(text);
  }
}
