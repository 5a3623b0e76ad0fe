package dev.tandem.flow;

import dev.tandem.Tandem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers from 0, one a second, and a record of what was opened and closed. */
final class Probe extends AsyncIterator<Integer> {

  static final Duration PACE = Duration.ofSeconds(1);

  private final String name;
  private final int end;
  private final List<String> log;
  private int next;
  private int failsAt = Integer.MAX_VALUE;
  @Nullable Exception failsToClose;

  private Probe(String name, int end, List<String> log) {
    this.name = name;
    this.end = end;
    this.log = log;
  }

  static List<String> log() {
    return Collections.synchronizedList(new ArrayList<>());
  }

  static Probe of(String name, int end, List<String> log) {
    return new Probe(name, end, log);
  }

  Probe failingAt(int number) {
    failsAt = number;
    return this;
  }

  @Override
  protected @Nullable Integer advance() throws Exception {
    if (next == 0) {
      log.add("open " + name);
    }
    if (next == end) {
      return null;
    }
    Tandem.sleep(PACE);
    if (next == failsAt) {
      throw new IOException(name + " failed");
    }
    return next++;
  }

  @Override
  protected void release() throws Exception {
    log.add("close " + name);
    if (failsToClose != null) {
      throw failsToClose;
    }
  }
}
