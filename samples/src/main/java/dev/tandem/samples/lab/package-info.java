/** Fake servers that speak the real protocols over real sockets, and fail as real ones do. */
@NullMarked
package dev.tandem.samples.lab;

import org.jspecify.annotations.NullMarked;
