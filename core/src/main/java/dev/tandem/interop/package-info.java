/** Bridges to the futures of other libraries. */
@NullMarked
package dev.tandem.interop;

import org.jspecify.annotations.NullMarked;
