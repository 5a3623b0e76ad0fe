/** The runtime: clock, timers, the one parking place, cancellation state, threads. Not exported. */
@NullMarked
package dev.tandem.internal;

import org.jspecify.annotations.NullMarked;
