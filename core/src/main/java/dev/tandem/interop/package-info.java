/** Bridges to the futures, policies and publishers of other libraries. */
@NullMarked
package dev.tandem.interop;

import org.jspecify.annotations.NullMarked;
