package dev.tandem.testing.junit;

import dev.tandem.TaskGroup;
import dev.tandem.testing.VirtualRun;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** One run of a test in virtual time. */
final class SeedInvocation
    implements TestTemplateInvocationContext,
        InvocationInterceptor,
        ParameterResolver,
        AfterEachCallback {

  private final @Nullable Long seed;
  private final VirtualRun way;
  private final Runnable onFailure;

  private SeedInvocation(@Nullable Long seed, VirtualRun way, Runnable onFailure) {
    this.seed = seed;
    this.way = way;
    this.onFailure = onFailure;
  }

  static TestTemplateInvocationContext inOrder(VirtualRun way) {
    return new SeedInvocation(null, way, () -> {});
  }

  static TestTemplateInvocationContext of(long seed, VirtualRun way, Runnable onFailure) {
    return new SeedInvocation(seed, way.seed(seed), onFailure);
  }

  @Override
  public String getDisplayName(int invocation) {
    return seed == null ? "in order" : "seed " + seed;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TaskGroup.class
        && context.getTestMethod().filter(parameter.getDeclaringExecutable()::equals).isPresent();
  }

  /** There is no group yet: its place is kept. */
  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return null;
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    try {
      if (List.of(method.getExecutable().getParameterTypes()).contains(TaskGroup.class)) {
        invocation.skip();
        way.run((TaskGroup group) -> call(method, group));
      } else {
        way.run((TaskGroup _) -> proceed(invocation));
      }
    } catch (TestAbortedException aborted) {
      throw aborted;
    } catch (Throwable failure) {
      throw seed == null ? failure : named(seed, failure);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().filter(SeedInvocation::isFailure).isPresent()) {
      onFailure.run();
    }
  }

  private static boolean isFailure(Throwable thrown) {
    return !(thrown instanceof TestAbortedException);
  }

  private static void call(ReflectiveInvocationContext<Method> method, TaskGroup group) {
    Class<?>[] types = method.getExecutable().getParameterTypes();
    Object[] arguments = method.getArguments().toArray();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == TaskGroup.class) {
        arguments[i] = group;
      }
    }
    ReflectionSupport.invokeMethod(
        method.getExecutable(), method.getTarget().orElse(null), arguments);
  }

  private static void proceed(Invocation<Void> invocation) throws Exception {
    try {
      invocation.proceed();
    } catch (Exception | Error known) {
      throw known;
    } catch (Throwable rare) {
      throw new AssertionError(rare);
    }
  }

  /** The same failure, saying with which seed it can be had again; tools still show the values. */
  private static AssertionFailedError named(long seed, Throwable failure) {
    String message =
        "seed "
            + seed
            + " made it fail: "
            + failure
            + "; @VirtualTimeTest(seed = "
            + seed
            + "), or -D"
            + VirtualTimeExtension.SEED
            + "="
            + seed
            + ", does so again";
    return failure instanceof AssertionFailedError values
            && values.isExpectedDefined()
            && values.isActualDefined()
        ? new AssertionFailedError(message, values.getExpected(), values.getActual(), failure)
        : new AssertionFailedError(message, failure);
  }
}
