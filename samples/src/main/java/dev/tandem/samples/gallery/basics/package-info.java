/** What one meets first: calls, tasks, timeouts, cancellation. */
@NullMarked
package dev.tandem.samples.gallery.basics;

import org.jspecify.annotations.NullMarked;
