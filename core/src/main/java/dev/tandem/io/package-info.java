/** Bytes from and to the world outside: TCP connections, processes, files that grow. */
@NullMarked
package dev.tandem.io;

import org.jspecify.annotations.NullMarked;
