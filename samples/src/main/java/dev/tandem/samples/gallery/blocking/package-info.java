/** Code that blocks beside code that waits. */
@NullMarked
package dev.tandem.samples.gallery.blocking;

import org.jspecify.annotations.NullMarked;
