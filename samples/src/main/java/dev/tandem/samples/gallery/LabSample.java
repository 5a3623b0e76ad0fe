package dev.tandem.samples.gallery;

/** A sample that can also talk to a real server, which it starts itself and ends again. */
public interface LabSample extends Sample {

  /** The option that asks for it. */
  default String option() {
    return "--lab";
  }

  /** Runs it like {@link #run}, in real time and over real sockets. */
  void runInLab() throws Exception;
}
