package dev.tandem.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A runtime that others can look at. While nobody does, that costs one read. */
abstract class ObservedRuntime implements TaskRuntime {

  private static final RuntimeObserver RECORDING_ONLY = new Observers(List.of());

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final List<RuntimeObserver> observers = new ArrayList<>();

  // Volatile: replaced under the lock, read by every task; null while nobody looks.
  private volatile @Nullable RuntimeObserver all;

  @Override
  public final @Nullable RuntimeObserver observer() {
    if (InspectionSwitch.OFF) {
      return null;
    }
    RuntimeObserver known = all;
    return known == null && Flight.isOn() ? RECORDING_ONLY : known;
  }

  @Override
  public final void addObserver(RuntimeObserver observer) {
    InspectionSwitch.require();
    lock.lock();
    try {
      observers.add(observer);
      all = new Observers(List.copyOf(observers));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final void removeObserver(RuntimeObserver observer) {
    lock.lock();
    try {
      observers.remove(observer);
      all = observers.isEmpty() ? null : new Observers(List.copyOf(observers));
    } finally {
      lock.unlock();
    }
  }
}
