package dev.tandem.inspect;

/** The answers of {@link TasksMXBean}. */
final class Tasks implements TasksMXBean {

  Tasks() {}

  @Override
  public String tree() {
    return TaskTree.live().text();
  }

  @Override
  public String treeJson() {
    return TaskTree.live().json();
  }

  @Override
  public String table() {
    return TaskTree.live().table();
  }

  @Override
  public String tableJson() {
    return TaskTree.live().tableJson();
  }

  @Override
  public boolean isRecordingTimes() {
    return Inspection.isRecordingTimes();
  }

  @Override
  public void setRecordingTimes(boolean recordingTimes) {
    Inspection.recordTimes(recordingTimes);
  }
}
