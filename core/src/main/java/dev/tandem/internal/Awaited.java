package dev.tandem.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wait is for, in words, and who can end it. Made when somebody asks, from what the waiter's
 * primitive knows at that moment; a wait that nobody asks about pays nothing for it.
 *
 * @param kind of what it is: "semaphore", "lock"
 * @param name what the program calls it; empty when it has no name
 * @param state how it stands: "permits 0/5 free"; empty when there is nothing to say
 * @param holders those without whom the wait cannot end; empty when they are not known, or any of
 *     several would do
 * @param isHolder whether the one holder is itself what is waited for, as with a task
 */
public record Awaited(
    String kind, String name, String state, List<Holder> holders, boolean isHolder) {

  /** Of very many holders only the first say their names, which are long. */
  static final int MOST_NAMED = 16;

  /** Refuses words that a program's own class does not give. */
  public Awaited {
    requireNonNull(name, "name");
    requireNonNull(state, "state");
  }

  /** Something that can be waited for. */
  @FunctionalInterface
  public interface Source {
    /** How it stands now; called by any thread, which must not be made to wait. */
    Awaited awaited();
  }

  /**
   * Somebody who can end a wait.
   *
   * @param scope where it is; null outside of scopes
   * @param name its path, or the name of its thread
   */
  public record Holder(@Nullable Scope scope, String name) {}

  /** Something of which no more is known. */
  public static Awaited of(String kind) {
    return new Awaited(kind, "", "", List.of(), false);
  }

  /** The end of {@code task}. */
  public static Awaited endOf(Fiber task) {
    return new Awaited("task", task.path(), "", List.of(holder(task)), true);
  }

  /** The children of {@code group}, of which so many run. */
  static Awaited endOf(Group group, int running) {
    String label = group.label();
    return new Awaited(
        "group", label == null ? "" : label, running + " running", List.of(holder(group)), true);
  }

  public Awaited named(String newName) {
    return new Awaited(kind, newName, state, holders, isHolder);
  }

  public Awaited in(String newState) {
    return new Awaited(kind, name, newState, holders, isHolder);
  }

  public Awaited heldBy(Holder holder) {
    return new Awaited(kind, name, state, List.of(holder), false);
  }

  /** All of these tasks; beyond {@link #MOST_NAMED} they have no names. */
  public Awaited heldBy(List<? extends Fiber> tasks) {
    var all = new ArrayList<Holder>(tasks.size());
    for (Fiber task : tasks) {
      all.add(all.size() < MOST_NAMED ? holder(task) : new Holder(task, ""));
    }
    return new Awaited(kind, name, state, List.copyOf(all), false);
  }

  public static Holder holder(Scope scope) {
    return new Holder(scope, scope.path());
  }

  /** With only the first few holders. */
  Awaited withFewHolders() {
    List<Holder> few = holders.subList(0, Math.min(MOST_NAMED, holders.size()));
    return new Awaited(kind, name, state, List.copyOf(few), isHolder);
  }

  /** Without those who hold it: "semaphore 'tacacs' (permits 0/10 free)". */
  String what() {
    var words = new StringBuilder(kind);
    if (!name.isEmpty()) {
      words.append(" '").append(isHolder ? Words.line(name) : Words.brief(name)).append('\'');
    }
    return state.isEmpty()
        ? words.toString()
        : words.append(" (" + Words.line(state) + ")").toString();
  }

  /** All of it: "lock 'x' held by a". */
  String inWords() {
    if (isHolder || holders.isEmpty()) {
      return what();
    }
    var words = new StringBuilder(what()).append(" held by ");
    words.append(Words.line(holders.getFirst().name()));
    return holders.size() == 1
        ? words.toString()
        : words.append(" and ").append(holders.size() - 1).append(" more").toString();
  }
}
