package dev.tandem.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for sections of a few instructions, in which nobody waits for anything. Tasks are
 * cancelled and end in swarms; for a moment so short they look again a few times before they park,
 * because parking and waking costs them hundreds of times as much, and those that parked would
 * stand in each other's way.
 */
public final class ShortLock extends ReentrantLock {

  private static final long serialVersionUID = 1L;

  private static final int LOOKS = 100;

  @Override
  public void lock() {
    for (int i = 0; i < LOOKS; i++) {
      if (tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    super.lock();
  }
}
