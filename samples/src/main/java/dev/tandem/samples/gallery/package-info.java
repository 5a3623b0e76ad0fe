/** The gallery: one small program for each thing asyncio's lessons show. */
@NullMarked
package dev.tandem.samples.gallery;

import org.jspecify.annotations.NullMarked;
