/** Seeing what runs: the tree of tasks and what each waits for. */
@NullMarked
package dev.tandem.inspect;

import org.jspecify.annotations.NullMarked;
