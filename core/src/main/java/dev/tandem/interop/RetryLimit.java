package dev.tandem.interop;

import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyConfig;
import dev.tandem.internal.Context;
import dev.tandem.internal.Durations;
import dev.tandem.internal.RealRuntime;
import dev.tandem.internal.TaskRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The maximal duration of a retry policy, which Failsafe measures by the system's clock: on another
 * clock it would never be over.
 */
final class RetryLimit {

  private static final Duration UNBOUNDED = Duration.ofNanos(Long.MAX_VALUE);

  private RetryLimit() {}

  /** The policies, with what they say of durations on the clock of the current task. */
  static <T> List<Policy<T>> onTandemsClock(Policy<T> outermost, List<Policy<T>> inner) {
    TaskRuntime clock = Context.currentRuntime();
    var policies = new ArrayList<Policy<T>>();
    policies.add(outermost);
    policies.addAll(inner);
    if (clock != RealRuntime.INSTANCE) {
      policies.replaceAll(policy -> on(clock, policy));
    }
    return policies;
  }

  private static <T> Policy<T> on(TaskRuntime clock, Policy<T> policy) {
    if (!(policy instanceof RetryPolicy<T> retry)) {
      return policy;
    }
    RetryPolicyConfig<T> config = retry.getConfig();
    Duration most = config.getMaxDuration();
    if (most == null) {
      return policy;
    }
    long end = Durations.after(clock.now(), Durations.positive(most, "maxDuration"));
    return RetryPolicy.builder(config)
        .withMaxDuration(UNBOUNDED)
        .abortIf((result, failure) -> clock.now() >= end)
        .build();
  }
}
