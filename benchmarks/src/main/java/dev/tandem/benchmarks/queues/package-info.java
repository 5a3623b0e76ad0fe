/** Queues and channels at the same works, for JMH. */
@NullMarked
package dev.tandem.benchmarks.queues;

import org.jspecify.annotations.NullMarked;
