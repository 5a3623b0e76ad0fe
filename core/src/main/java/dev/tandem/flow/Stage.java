package dev.tandem.flow;

import dev.tandem.internal.Backstage;
import dev.tandem.internal.Context;
import dev.tandem.internal.Parking;
import dev.tandem.internal.Scope;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a pipeline, which gives its elements when it is asked: how it begins, is asked, and
 * ends.
 *
 * @param <T> the elements
 */
abstract class Stage<T> {

  /*
   * Nothing happens before the first element is asked for. Then the one who asks makes the run,
   * and has the stages begin, the source first; those that have tasks start them in the run. From
   * then on each stage asks the one before it, on whatever thread it is itself asked or works.
   *
   * A stage keeps what it took from the one before until it has given it on, or has been told that
   * the user's function is done with it. So a wait that throws did not happen: asked again, the
   * stage goes on where it was. The same makes it possible to try a failed element again.
   */

  private final @Nullable Scope madeIn = Context.currentScope();
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean begun;
  private boolean atEnd;
  private @Nullable T peeked;

  // No more than a help: not safe between threads that ask at the very same moment.
  private boolean asked;
  private @Nullable String taker;

  // What the scope that this was made in closes, as long as nobody has asked.
  private Scope.@Nullable Leftover unasked;

  // Volatile: written by whoever asks first, read by whoever closes.
  private volatile @Nullable Run run;

  /**
   * Waits for the next element and returns it; null when there is none left. Called by one thread
   * at a time, and again after it threw, if somebody asks again.
   */
  protected abstract @Nullable T advance() throws Exception;

  /** Called once when the iterator is closed, even if nothing was asked of it. */
  protected void release() throws Exception {}

  /** Before the first element is asked for: the stages before this begin, then its own tasks. */
  void begins(Run current) {}

  /** Ends the tasks of this stage. */
  void stop(Closing closing) {}

  void release(Closing closing) {
    closing.shielded(this::release);
  }

  /** Ends the stages before this. */
  void endSources(Closing closing) {}

  /** There is something to close, even if nothing is ever asked of this. */
  final void closedWithScope() {
    if (madeIn != null) {
      unasked = () -> Run.tellNotClosed(endAll());
      madeIn.leave(unasked);
    }
  }

  final void begin(Run current) {
    if (!begun) {
      begun = true;
      forgetUnasked();
      begins(current);
    }
  }

  /** The next element for another stage. */
  final @Nullable T pull() throws Exception {
    T item = peeked;
    peeked = null;
    if (ended.get() || atEnd) {
      return null;
    }
    if (item == null) {
      item = advance();
      atEnd = item == null;
    }
    return item;
  }

  /** True when there is a next element, for the consumer, who waits for it. */
  final boolean peek() throws Exception {
    if (ended.get()) {
      peeked = null;
    }
    if (peeked != null) {
      return true;
    }
    Parking.checkpoint();
    if (ended.get()) {
      return false;
    }
    if (asked) {
      throw new IllegalStateException(
          "this iterator is being asked for an element already, by another task or by a stage of"
              + " its own; it is for one at a time, so share it, or have a queue between");
    }
    asked = true;
    try {
      beginRun();
      peeked = pull();
    } catch (InterruptedException stopped) {
      // Nothing has happened: whoever goes on asking will have the element.
      throw stopped;
    } catch (Throwable failure) {
      Closing.attach(failure, endAll());
      throw failure;
    } finally {
      asked = false;
    }
    if (peeked == null) {
      closeAll();
    }
    return peeked != null;
  }

  /** The next element, for the consumer; null when there is none. */
  final @Nullable T poll() throws Exception {
    T item = peek() ? peeked : null;
    peeked = null;
    return item;
  }

  final boolean hasBegun() {
    return begun;
  }

  /** Binds the run to the current scope, although nothing begins yet. */
  final Run bindNow() {
    Run current = Run.of(this, madeIn);
    run = current;
    current.bind();
    return current;
  }

  /** Ends a source that is not needed any more. */
  static void endOne(Stage<?> source) {
    var closing = new Closing();
    source.end(closing);
    Throwable failure = closing.take();
    if (failure != null) {
      throw Sneaky.undeclared(failure);
    }
  }

  /** An iterable of the user's as a stage. */
  static <T> AsyncIterator<? extends T> asIterator(Iterable<? extends T> items) {
    return items instanceof AsyncIterator<? extends T> known
        ? known
        : new Sources.Elements<T>(items);
  }

  /** This stage becomes the source of another, which is from now on the one to ask. */
  final void takenBy(String operator) {
    if (taker != null) {
      throw new IllegalStateException(
          "this iterator is read by '"
              + taker
              + "' already, so '"
              + operator
              + "' cannot have it too; go on with what the first returned, or share it");
    }
    taker = operator;
  }

  /** Closes this stage and those before it, for the consumer, and throws what failed in that. */
  final void closeAll() {
    Run current = run;
    if (current != null && current.isInside()) {
      throw Backstage.get()
          .misuse(
              "an iterator was to be closed by one of its own tasks, which that would wait for;"
                  + " close it outside, or return");
    }
    if (asked && !ended.get()) {
      throw new IllegalStateException(
          "this iterator is being asked for an element, by another task or by a stage of its own,"
              + " and cannot be closed meanwhile; cancel that task, or close it there");
    }
    Throwable failure = endAll();
    if (failure != null) {
      throw Sneaky.undeclared(failure);
    }
  }

  /** Ends this stage and those before it, for the stage that has taken it. */
  final void end(Closing closing) {
    Run own = run;
    if (own == null) {
      endHere(closing);
    } else {
      Throwable failure = own.closeAll();
      if (failure != null) {
        closing.add(failure);
      }
    }
  }

  /** Ends this stage and those before it, once: its tasks, its own resources, its sources. */
  final void endHere(Closing closing) {
    if (ended.compareAndSet(false, true)) {
      forgetUnasked();
      stop(closing);
      release(closing);
      endSources(closing);
    }
  }

  @Override
  public String toString() {
    String state = ended.get() ? "closed" : begun ? "open" : "not begun";
    return getClass().getSimpleName() + "[" + state + "]";
  }

  private void beginRun() {
    if (begun) {
      return;
    }
    Run current = bindNow();
    // The scope it was to be bound to may have been left just now, by its thread.
    if (!ended.get()) {
      begin(current);
    }
  }

  private void forgetUnasked() {
    if (madeIn != null && unasked != null) {
      madeIn.forget(unasked);
    }
  }

  private @Nullable Throwable endAll() {
    var closing = new Closing();
    end(closing);
    return closing.take();
  }
}
