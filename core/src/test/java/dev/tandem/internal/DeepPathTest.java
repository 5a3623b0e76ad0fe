package dev.tandem.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A path goes further up than a stack reaches. */
final class DeepPathTest {

  private static final class Labelled extends Scope {
    private final @Nullable String label;

    Labelled(@Nullable Scope parent, Context context, @Nullable String label) {
      super(parent, context);
      this.label = label;
    }

    @Override
    public @Nullable String label() {
      return label;
    }
  }

  private static String pathOf(@Nullable String... labels) throws Throwable {
    return Context.callOn(
        RealRuntime.INSTANCE,
        context -> {
          Scope scope = new Labelled(null, context, null);
          for (@Nullable String label : labels) {
            scope = new Labelled(scope, context, label);
          }
          return scope.path();
        });
  }

  @Test
  void path_aFewLabels_isJoinedFromTheRoot() throws Throwable {
    assertEquals("", pathOf());
    assertEquals("a", pathOf("a"));
    assertEquals("a/b/c", pathOf("a", null, "b", "c", null));
  }

  @Test
  void path_manyScopes_isNotTooDeep() throws Throwable {
    @Nullable String[] labels = new String[200_000];
    labels[0] = "top";
    labels[150_000] = "bottom";
    assertEquals("top/bottom", pathOf(labels));
  }
}
