package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/** Our words for where streams lead, in the JDK's. */
final class Redirects {

  private static final File NOTHING = new File(Executables.isWindows() ? "NUL" : "/dev/null");

  private Redirects() {}

  static Redirect of(ProcessInput input, @Nullable HostPipe pipe) {
    return switch (input.kind) {
      case NONE -> Redirect.from(NOTHING);
      case INHERIT -> Redirect.INHERIT;
      case FILE -> Redirect.from(requireNonNull(input.file).toFile());
      case PIPE, BYTES, LINES -> pipe == null ? Redirect.PIPE : Redirect.from(pipe.name());
    };
  }

  static Redirect of(ProcessOutput output, @Nullable HostPipe pipe) {
    return switch (output.kind) {
      case CAPTURE, PIPE -> pipe == null ? Redirect.PIPE : Redirect.to(pipe.name());
      case INHERIT -> Redirect.INHERIT;
      case DISCARD -> Redirect.DISCARD;
      case MERGE -> throw new AssertionError("merging is not a redirection");
      case FILE -> Redirect.to(requireNonNull(output.file).toFile());
      case APPEND -> Redirect.appendTo(requireNonNull(output.file).toFile());
    };
  }
}
