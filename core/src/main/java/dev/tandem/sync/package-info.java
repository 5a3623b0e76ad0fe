/** Primitives by which tasks wait for each other; they lose nothing when a wait is cancelled. */
@NullMarked
package dev.tandem.sync;

import org.jspecify.annotations.NullMarked;
