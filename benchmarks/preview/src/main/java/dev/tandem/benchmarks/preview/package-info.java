/** Peers that run only with {@code --enable-preview}, each in a JVM of its own. */
@NullMarked
package dev.tandem.benchmarks.preview;

import org.jspecify.annotations.NullMarked;
