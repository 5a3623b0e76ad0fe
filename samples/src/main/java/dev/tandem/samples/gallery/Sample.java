package dev.tandem.samples.gallery;

/** A page of code that shows one thing. It runs inside a scope and prints what it has to say. */
@FunctionalInterface
public interface Sample {

  /** Runs it from the beginning to the end. */
  void run() throws Exception;
}
