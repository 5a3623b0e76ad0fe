/** Very many waiting tasks in one process, which measures itself. */
@NullMarked
package dev.tandem.benchmarks.parked;

import org.jspecify.annotations.NullMarked;
