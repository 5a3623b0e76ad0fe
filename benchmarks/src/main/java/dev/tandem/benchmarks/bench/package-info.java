/**
 * {@code ./tandem bench}: suites of measurements, each with its goals.
 *
 * <p>A {@link dev.tandem.benchmarks.bench.Suite} names its bars and the probes that measure for
 * them; {@link dev.tandem.benchmarks.bench.Rounds} runs the probes; {@link
 * dev.tandem.benchmarks.bench.Result} sets the two against each other.
 */
@NullMarked
package dev.tandem.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
