package dev.tandem.flow;

/** Where items go in. All but {@link #lock} and {@link #check} is called under the lock. */
interface Inlet<E> {

  WakingLock lock();

  /** Throws if the item can never be put in. */
  void check(E item);

  /**
   * Puts the item in or hands it over; false when there is no room and nobody takes it.
   *
   * @throws QueueShutDownException when nothing goes in any more
   */
  boolean put(E item);

  /** Those who wait for {@link #put}; served when there is room. */
  Line<E> putters();
}
