package dev.tandem.testing.junit;

import dev.tandem.testing.VirtualTime;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose body runs in virtual time, in one order or in many; see {@link VirtualTime}.
 *
 * <pre>{@code
 * @VirtualTimeTest(seeds = 100)
 * void twoTransfers_inOppositeDirections_bothEnd(TaskGroup group) {
 *   group.start(() -> bank.transfer(one, two, 10));
 *   group.start(() -> bank.transfer(two, one, 20));
 * }
 * }</pre>
 *
 * <p>The body is that of a group. It gets the group if it has a parameter of type {@link
 * dev.tandem.TaskGroup}; other parameters are resolved as in any test. When the body has returned,
 * the test waits for what it started. A deadlock fails at once, with the tree of tasks.
 *
 * <p>Each seed is an invocation of its own, as with {@code @RepeatedTest}: it has a fresh instance
 * of the test class (unless that asks for {@code PER_CLASS}), its own {@code @BeforeEach} and
 * {@code @AfterEach}, and other extensions take part as they always do. Many seeds in one
 * invocation would be a shorter report, but would have to share the instance, or to imitate what
 * JUnit does around a test, and other extensions would not know. The report is kept short in
 * another way: the first seed that fails is the last one that is run. Who wants thousands of seeds
 * as one line of the report calls {@link VirtualTime#explore} in an ordinary test.
 *
 * <p>The failure of a seed names it and says how to have it again: by {@link #seed}, or for one run
 * by the configuration parameter or system property {@code tandem.seed}. Another, {@code
 * tandem.seeds}, is for all tests that ask for {@link #seeds}: every night more of them, for
 * example.
 *
 * <p>A test that would never end fails when it comes to its {@link #horizon}, or has taken too much
 * {@link #realTime}. Values that are none are told as {@link
 * org.junit.jupiter.api.extension.ExtensionConfigurationException} before anything is run.
 *
 * <p>Constructors, {@code @BeforeEach} and {@code @AfterEach} run in real time, before and after.
 * Primitives may be made there; a task that is to outlive the method is not started there.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@TestTemplate
@ExtendWith(VirtualTimeExtension.class)
public @interface VirtualTimeTest {

  /**
   * In how many orders the test is run, with the seeds from 0 upwards. With 0, which it is unless
   * set, it is run once, and tasks take turns in the order in which they became able to run.
   */
  int seeds() default 0;

  /** Just these seeds, whatever {@link #seeds} says: to see a failure again. */
  long[] seed() default {};

  /**
   * How far virtual time goes before the test is taken for one without an end: a whole number and a
   * unit, as in {@code "30 s"} or {@code "1000 d"}; see {@link VirtualTime#horizon}. The units are
   * ns, us, ms, s, m, h, and d.
   */
  String horizon() default "365 d";

  /**
   * How much of real time each seed may take, in the same form, before it is cancelled; see {@link
   * VirtualTime#realTime}.
   */
  String realTime() default "60 s";
}
