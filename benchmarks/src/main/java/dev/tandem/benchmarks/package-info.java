/** The works that JMH runs, by {@code ./tandem bench} or with its own command line. */
@NullMarked
package dev.tandem.benchmarks;

import org.jspecify.annotations.NullMarked;
