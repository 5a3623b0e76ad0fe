/** What flows between tasks, one element after the other. */
@NullMarked
package dev.tandem.flow;

import org.jspecify.annotations.NullMarked;
