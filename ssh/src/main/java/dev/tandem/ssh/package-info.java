/** An SSH client whose sessions are cancelled with their scope. */
@NullMarked
package dev.tandem.ssh;

import org.jspecify.annotations.NullMarked;
