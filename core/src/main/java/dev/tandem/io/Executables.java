package dev.tandem.io;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the name of a program to the file. */
final class Executables {

  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  /** So much of a script is looked at, by the system too. */
  private static final int FIRST_LINE = 256;

  // Names beyond ASCII are left to the system.
  private static final Pattern INTERPRETER = Pattern.compile("#![ \\t]*(/[!-~]+\\r?)[ \\t\\n]");

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
        return runnable(program, file);
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
        return runnable(program, file);
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

  /** A script whose interpreter is missing would end like a program that fails. */
  private static String runnable(String program, Path file) throws ExecutableNotFoundException {
    String interpreter = interpreter(file);
    if (interpreter != null && !Files.exists(Path.of(interpreter.strip()))) {
      throw missing(program, interpreter.strip(), "does not exist");
    }
    if (interpreter != null && interpreter.endsWith("\r")) {
      throw missing(program, interpreter.strip(), "is followed by a carriage return there");
    }
    return file.toAbsolutePath().toString();
  }

  private static ExecutableNotFoundException missing(
      String program, String interpreter, String fault) {
    return new ExecutableNotFoundException(
        program,
        "cannot run '"
            + program
            + "': its first line names "
            + interpreter
            + " to run it, which "
            + fault);
  }

  /** What a script's first line names, with a carriage return if there is one; null without. */
  private static @Nullable String interpreter(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
      Matcher found = INTERPRETER.matcher(start);
      return found.lookingAt() ? found.group(1) : null;
    } catch (IOException notReadable) {
      return null;
    }
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
