package dev.tandem.samples.lab;

/**
 * One device.
 *
 * @param index from 0
 * @param hostname what its prompt shows
 * @param fault how it goes wrong
 */
record IosDevice(int index, String hostname, IosFault fault) {

  static IosDevice of(int index, IosFault fault) {
    return new IosDevice(index, "R" + (index + 1), fault);
  }
}
