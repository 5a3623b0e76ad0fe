package dev.tandem.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several who look at one runtime, told in the order in which they came. */
record Observers(List<RuntimeObserver> all) implements RuntimeObserver {

  @Override
  public void opened(Scope scope, long at) {
    for (RuntimeObserver observer : all) {
      observer.opened(scope, at);
    }
  }

  @Override
  public void closed(Scope scope, long at) {
    for (RuntimeObserver observer : all) {
      observer.closed(scope, at);
    }
  }

  @Override
  public void spawned(Fiber task, long at) {
    for (RuntimeObserver observer : all) {
      observer.spawned(task, at);
    }
  }

  @Override
  public void started(Fiber task, long at) {
    for (RuntimeObserver observer : all) {
      observer.started(task, at);
    }
  }

  @Override
  public void ended(Fiber task, TaskEnding how, @Nullable Throwable thrown, long at) {
    for (RuntimeObserver observer : all) {
      observer.ended(task, how, thrown, at);
    }
  }

  @Override
  public void waits(Waiter waiter, long deadline, long at) {
    for (RuntimeObserver observer : all) {
      observer.waits(waiter, deadline, at);
    }
  }

  @Override
  public void waited(Waiter waiter, long at) {
    for (RuntimeObserver observer : all) {
      observer.waited(waiter, at);
    }
  }

  @Override
  public Runnable cancelAsked(Scope scope, CancelCause cause, long at) {
    List<Runnable> telling =
        all.stream().map(observer -> observer.cancelAsked(scope, cause, at)).toList();
    return () -> telling.forEach(Runnable::run);
  }
}
