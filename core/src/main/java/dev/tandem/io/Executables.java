package dev.tandem.io;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the name of a program to the file. */
final class Executables {

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private Executables() {}

  /**
   * The file to run.
   *
   * @param path where to look, as the process would see it
   * @param directory where the process will be
   */
  static String find(String program, @Nullable String path, @Nullable Path directory)
      throws ExecutableNotFoundException {
    if (isWindows()) {
      return program;
    }
    if (program.indexOf('/') >= 0) {
      Path file = directory == null ? Path.of(program) : directory.resolve(program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file.toAbsolutePath().toString();
      }
      throw new ExecutableNotFoundException(
          program,
          "cannot run '"
              + program
              + "': "
              + file.toAbsolutePath()
              + (Files.exists(file) ? " is not an executable file" : " does not exist"));
    }
    String looked = path == null ? USUAL_PATH : path;
    for (String entry : looked.split(File.pathSeparator, -1)) {
      Path file = Path.of(entry.isEmpty() ? "." : entry).resolve(program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file.toAbsolutePath().toString();
      }
    }
    throw new ExecutableNotFoundException(
        program,
        "cannot run '"
            + program
            + "': no such executable on the PATH, which is "
            + looked
            + "; install it, or name it with its directory");
  }

  /** The program that starts another in a session of its own; null where there is none. */
  static @Nullable String setsid() {
    for (Path candidate : SETSID) {
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    return null;
  }

  static boolean isWindows() {
    return File.separatorChar == '\\';
  }
}
