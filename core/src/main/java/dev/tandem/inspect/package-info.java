/** Seeing what runs: observers, timelines, and the flight recorder's events. */
@NullMarked
package dev.tandem.inspect;

import org.jspecify.annotations.NullMarked;
