package dev.tandem.inspect;

/**
 * What {@link Inspection#register} puts into the platform's MBean server, as {@code
 * dev.tandem:type=Tasks}. See {@link TaskTree} for what is in the answers.
 */
public interface TasksMXBean {

  /** The tree of all that runs, as text. */
  String tree();

  /** The tree of all that runs, as JSON. */
  String treeJson();

  /** All tasks, one a line. */
  String table();

  /** All tasks as JSON, in one list. */
  String tableJson();

  /** Whether times are kept of tasks that begin now. */
  boolean isRecordingTimes();

  /** See {@link Inspection#recordTimes}. */
  void setRecordingTimes(boolean recordingTimes);
}
