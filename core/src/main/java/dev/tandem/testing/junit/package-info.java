/** Tests in virtual time, for JUnit 5. Programs without JUnit do not use it. */
@NullMarked
package dev.tandem.testing.junit;

import org.jspecify.annotations.NullMarked;
