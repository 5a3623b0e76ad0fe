/** The code of the pages that is longer than a few lines: compiled, and tested. */
@NullMarked
package dev.tandem.docs.examples;

import org.jspecify.annotations.NullMarked;
