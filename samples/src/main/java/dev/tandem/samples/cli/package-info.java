/** The command line: what ./tandem starts. */
@NullMarked
package dev.tandem.samples.cli;

import org.jspecify.annotations.NullMarked;
