/** Tasks that share something: limits, locks, queues, iterators, resources. */
@NullMarked
package dev.tandem.samples.gallery.coordination;

import org.jspecify.annotations.NullMarked;
