/** An HTTP client whose calls are cancelled with their scope. */
@NullMarked
package dev.tandem.http;

import org.jspecify.annotations.NullMarked;
