package dev.tandem;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the shapes of code that overloads accept. */
final class Adapters {

  /** What the parameters of methods for several works of different types are called. */
  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");

  private Adapters() {}

  /** The work; {@code name} is what the caller's parameter is called. */
  static <X extends Exception> Work<@Nullable Void, X> asWork(Action<X> action, String name) {
    requireNonNull(action, name);
    return () -> {
      action.run();
      return null;
    };
  }

  /** Work that tells that it was done to its end. */
  static <X extends Exception> Work<Boolean, X> thenTrue(Action<X> action) {
    requireNonNull(action, "body");
    return () -> {
      action.run();
      return true;
    };
  }

  static <X extends Exception> GroupWork<@Nullable Void, X> asWork(GroupAction<X> action) {
    requireNonNull(action, "body");
    return group -> {
      action.run(group);
      return null;
    };
  }

  /** Work on an item that gives nothing. */
  static <I extends @Nullable Object, X extends Exception>
      ItemWork<I, @Nullable Void, X> asItemWork(ItemAction<? super I, ? extends X> action) {
    requireNonNull(action, "work");
    return item -> {
      action.run(item);
      return null;
    };
  }

  /** The works that a method with any number of them was given. */
  static <W> List<W> of(W[] works) {
    for (W work : requireNonNull(works, "works")) {
      requireNonNull(work, "work");
    }
    return List.of(works);
  }

  /** The results of works of different types, for {@code together}, which must not be null. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  static <X extends Exception> List<Object> all(Object together, Work<?, ? extends X>... works)
      throws X, InterruptedException {
    requireNonNull(together, "together");
    for (int i = 0; i < works.length; i++) {
      requireNonNull(works[i], ORDINALS.get(i));
    }
    return Gather.<Work<?, ? extends X>>over(List.of(works)).<Object, X>run(Work::run);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller put it there
  static <T extends @Nullable Object> T at(List<?> results, int index) {
    return (T) results.get(index);
  }
}
