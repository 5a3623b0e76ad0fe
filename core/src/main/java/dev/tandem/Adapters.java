package dev.tandem;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the shapes of code that overloads accept. */
final class Adapters {

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

  /** The results of works of different types. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is copied, and nothing is written to it
  static <X extends Exception> List<Object> all(Work<?, ? extends X>... works)
      throws X, InterruptedException {
    return Gather.<Work<?, ? extends X>>over(List.of(works)).<Object, X>run(Work::run);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller put it there
  static <T extends @Nullable Object> T at(List<?> results, int index) {
    return (T) results.get(index);
  }
}
