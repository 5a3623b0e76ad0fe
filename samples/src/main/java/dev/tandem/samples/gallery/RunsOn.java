package dev.tandem.samples.gallery;

import java.util.Locale;

/** Which time a sample runs on if nobody says otherwise. */
public enum RunsOn {

  /** Virtual time: exact figures at once. With {@code --real} the same code takes its time. */
  VIRTUAL,

  /** Real time only: what it shows is what this machine does. */
  REAL;

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
