package dev.tandem.samples.lab;

import java.io.IOException;

/** The device is about to lose its connection. */
final class IosCutException extends IOException {

  private static final long serialVersionUID = 1L;

  IosCutException() {
    super("the connection is to be cut here");
  }
}
