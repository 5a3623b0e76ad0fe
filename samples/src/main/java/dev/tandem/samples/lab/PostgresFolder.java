package dev.tandem.samples.lab;

import static dev.tandem.Tandem.shield;
import static dev.tandem.io.ProcessInput.pipe;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static java.time.Duration.ofMinutes;

import dev.tandem.Resource;
import dev.tandem.io.ProcessOutput;
import dev.tandem.io.RunningProcess;
import dev.tandem.io.Subprocess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/**
 * Where a PostgreSQL lives: its programs and its data, in a folder of its own.
 *
 * <p>A guard is started before anything else: a shell that waits for the end of its input. It ends
 * the server and removes the folder when this is closed, and also when this program was killed, for
 * then the system closes the input.
 */
final class PostgresFolder implements AutoCloseable {

  private static final String NAME = "tandem-postgres-";
  private static final String SCRIPT = "guard.sh";
  private static final String USER = "unix:uid";

  private final Path folder;
  private final Resource<RunningProcess> guard;
  private final List<String> asItsUser;

  private PostgresFolder(Path folder, Resource<RunningProcess> guard, List<String> asItsUser) {
    this.folder = folder;
    this.guard = guard;
    this.asItsUser = asItsUser;
  }

  /** A new folder with the programs. */
  static PostgresFolder create() throws IOException, InterruptedException {
    return guarded(Files.createTempDirectory(NAME));
  }

  /** The same, in another one. */
  static PostgresFolder createIn(Path place) throws IOException, InterruptedException {
    return guarded(Files.createTempDirectory(place, NAME));
  }

  private static PostgresFolder guarded(Path folder) throws IOException, InterruptedException {
    Resource<RunningProcess> guard;
    try {
      guard = Resource.open(() -> guard(folder), PostgresFolder::dismiss);
    } catch (IOException | InterruptedException noGuard) {
      Files.deleteIfExists(folder.resolve(SCRIPT));
      Files.delete(folder);
      throw noGuard;
    }
    try {
      List<String> asItsUser = asItsUser(folder);
      unpack(folder);
      return new PostgresFolder(folder, guard, asItsUser);
    } catch (Throwable failure) {
      guard.close();
      throw failure;
    }
  }

  /** A file in it. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** One of its programs, as the user that may run it, in English. */
  Subprocess program(String name, String... arguments) {
    List<String> command = new ArrayList<>(asItsUser);
    command.add(resolve("bin/" + name).toString());
    command.addAll(List.of(arguments));
    return Subprocess.of(command).environment("LC_ALL", "C");
  }

  /** A new file that only the server's user can read. */
  Path secret(String name, String text) throws IOException {
    Path file = Files.createFile(resolve(name), asFileAttribute(fromString("rw-------")));
    Files.writeString(file, text);
    return Files.setOwner(file, Files.getOwner(folder));
  }

  /** Ends the server, if there is one, and removes everything. */
  @Override
  public void close() {
    guard.close();
  }

  private static RunningProcess guard(Path folder) throws IOException, InterruptedException {
    Path script = folder.resolve(SCRIPT);
    try (InputStream text = resource("/lab/guard.sh")) {
      Files.copy(text, script);
    }
    return Subprocess.of("sh", script.toString(), folder.toString())
        .stdin(pipe())
        .stdout(ProcessOutput.discard())
        .start();
  }

  private static void dismiss(RunningProcess guard) throws IOException, InterruptedException {
    try (guard) {
      // Longer than a resource is given: a guard that is ended early leaves the folder behind.
      shield(
          ofMinutes(5),
          () -> {
            guard.stdin().close();
            guard.check();
          });
    }
  }

  /** PostgreSQL refuses to run as root; for root it runs as nobody, to whom the folder is given. */
  private static List<String> asItsUser(Path folder) throws IOException, InterruptedException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(folder, USER))) {
      return List.of();
    }
    try {
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      String user = String.valueOf(Files.getAttribute(folder, USER));
      List<String> prefix =
          List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
      List<String> attempt = new ArrayList<>(prefix);
      attempt.addAll(List.of("test", "-w", folder.toString()));
      Subprocess.of(attempt).check();
      return prefix;
    } catch (IOException impossible) {
      throw new IOException(
          "PostgreSQL refuses to run as root, and running it as nobody did not work ("
              + impossible.getMessage()
              + "); run this as another user",
          impossible);
    }
  }

  private static void unpack(Path folder) throws IOException, InterruptedException {
    try (var tar = Subprocess.of("tar", "-x", "-C", folder.toString()).stdin(pipe()).start();
        var packed = new XZInputStream(resource("/" + programs()))) {
      try (var input = tar.stdin().outputStream()) {
        packed.transferTo(input);
      }
      tar.check();
    }
  }

  /** As the jar of the binaries calls them. */
  private static String programs() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    return "postgres-" + (system.startsWith("mac") ? "darwin" : system) + "-" + processor + ".txz";
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = PostgresFolder.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IOException(
          "this build has no PostgreSQL for " + System.getProperty("os.name") + ": no " + name);
    }
    return resource;
  }
}
