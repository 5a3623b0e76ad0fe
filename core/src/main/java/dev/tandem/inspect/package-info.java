/** Seeing what runs: the tree of tasks, observers, timelines, and the flight recorder. */
@NullMarked
package dev.tandem.inspect;

import org.jspecify.annotations.NullMarked;
