package dev.tandem.samples.cli;

/** A program without Tandem. */
public final class PlainTarget {

  private PlainTarget() {}

  /** Waits until it is killed. */
  public static void main(String[] arguments) throws Exception {
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
