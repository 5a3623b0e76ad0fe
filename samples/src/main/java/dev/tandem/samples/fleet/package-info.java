/** The main job: check and back up a whole fleet, one by one and together. */
@NullMarked
package dev.tandem.samples.fleet;

import org.jspecify.annotations.NullMarked;
