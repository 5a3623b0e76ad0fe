package dev.tandem.flow;

/** What a {@link Broadcast} does with a subscriber that has no room for an item. */
public enum SlowSubscriber {
  /**
   * The publisher waits until all have room: nobody misses anything, and the slowest sets the pace.
   */
  WAIT,

  /** What waits longest in that subscription is dropped for the new item. */
  DROP_OLDEST,

  /** That subscriber does not get the new item. */
  DROP_NEWEST,

  /**
   * The subscription ends: its subscriber is given what it had room for, then a {@link
   * SlowSubscriberException}.
   */
  DISCONNECT
}
