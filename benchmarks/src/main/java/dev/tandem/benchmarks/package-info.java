/** Benchmarks; run them with {@code java -jar benchmarks/target/benchmarks.jar}. */
@NullMarked
package dev.tandem.benchmarks;

import org.jspecify.annotations.NullMarked;
