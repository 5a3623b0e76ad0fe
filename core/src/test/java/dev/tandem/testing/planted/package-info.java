/** Bugs that anybody might write, beside what should have been written. */
@NullMarked
package dev.tandem.testing.planted;

import org.jspecify.annotations.NullMarked;
