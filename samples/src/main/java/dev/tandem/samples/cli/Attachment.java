package dev.tandem.samples.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Asks a running JVM for its tree of tasks, whatever it was started with: one small class is loaded
 * into it, which writes the answer into a file that only its user can read. Nothing stays but that
 * class. The JVM itself says on its standard error that an agent was loaded.
 */
final class Attachment {

  private final long pid;

  private Attachment(long pid) {
    this.pid = pid;
  }

  /** Why there is no answer, in one sentence. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }

  /**
   * Asks.
   *
   * @param method what to ask of a TaskTree
   * @param times on, off, or as-is
   * @throws Failed when there is no such process, it is no JVM, does not use Tandem, or refuses
   */
  static String ask(long pid, String method, int most, String times) throws Failed, IOException {
    var attachment = new Attachment(pid);
    attachment.check();
    Path folder = attachment.folder();
    Path jar = folder.resolve("agent.jar");
    Path answer = folder.resolve("answer");
    try {
      write(jar);
      Files.createFile(answer);
      attachment.giveAway(folder, jar, answer);
      String answerThere = attachment.nameThere(answer);
      attachment.load(
          attachment.nameThere(jar), String.join("\n", method, "" + most, times, answerThere));
      return attachment.read(answer);
    } finally {
      Files.deleteIfExists(answer);
      Files.deleteIfExists(jar);
      Files.deleteIfExists(folder);
    }
  }

  /** Before anything is sent to it: what makes a JVM listen ends most other programs. */
  private void check() throws Failed, IOException {
    if (pid == ProcessHandle.current().pid()) {
      throw new Failed("process " + pid + " is this command itself; give the number of another");
    }
    if (ProcessHandle.of(pid).isEmpty()) {
      throw new Failed("there is no process " + pid + "; jps or ps shows those that run");
    }
    Path maps = Path.of("/proc", Long.toString(pid), "maps");
    boolean isJvm;
    if (Files.exists(maps)) {
      try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
        isJvm = lines.anyMatch(line -> line.endsWith("libjvm.so"));
      } catch (AccessDeniedException denied) {
        throw new Failed(denied());
      }
    } else {
      isJvm =
          VirtualMachine.list().stream()
              .map(VirtualMachineDescriptor::id)
              .anyMatch(Long.toString(pid)::equals);
    }
    if (!isJvm) {
      throw new Failed("process " + pid + " is not a JVM");
    }
  }

  private String denied() {
    String owner = ProcessHandle.of(pid).flatMap(handle -> handle.info().user()).orElse("another");
    return "process " + pid + " belongs to " + owner + "; run this command as that user";
  }

  /** To the user of the process, when it is another one; only root can, and only root has to. */
  private void giveAway(Path... files) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    if (Files.exists(process)) {
      var owner = Files.getOwner(process);
      for (Path file : files) {
        if (!Files.getOwner(file).equals(owner)) {
          Files.setOwner(file, owner);
        }
      }
    }
  }

  /** A new folder that the process can see: one in a container has files of its own. */
  private Path folder() throws IOException {
    return hasOwnFiles()
        ? Files.createTempDirectory(root().resolve("tmp"), "tandem-")
        : Files.createTempDirectory("tandem-");
  }

  /** What the process itself calls a file in the {@link #folder}. */
  private String nameThere(Path file) {
    return file.startsWith(root()) ? "/" + root().relativize(file) : file.toString();
  }

  /** The files of the process, as seen from here. */
  private Path root() {
    return Path.of("/proc", Long.toString(pid), "root");
  }

  private boolean hasOwnFiles() {
    try {
      Path theirs = Path.of("/proc", Long.toString(pid), "ns", "mnt");
      Path ours = Path.of("/proc", "self", "ns", "mnt");
      return !Files.readSymbolicLink(theirs).equals(Files.readSymbolicLink(ours))
          || !Files.isSameFile(root(), Path.of("/"));
    } catch (IOException unknown) {
      // Not Linux, or not ours to look at.
      return false;
    }
  }

  private void load(String jar, String arguments) throws Failed, IOException {
    VirtualMachine machine = attach();
    try {
      machine.loadAgent(jar, arguments);
    } catch (AgentLoadException refused) {
      throw new Failed(
          "process "
              + pid
              + " takes no agents ("
              + refused.getMessage()
              + "); it must not be"
              + " started with -XX:-EnableDynamicAgentLoading");
    } catch (AgentInitializationException failed) {
      throw new Failed(
          "process "
              + pid
              + " did not answer ("
              + failed.getMessage()
              + "); it uses a JDK before"
              + " 25, or another version of Tandem; its standard error says more");
    } finally {
      machine.detach();
    }
  }

  private VirtualMachine attach() throws Failed, IOException {
    try {
      return VirtualMachine.attach(Long.toString(pid));
    } catch (AttachNotSupportedException refused) {
      throw new Failed(
          "process "
              + pid
              + " does not listen ("
              + refused.getMessage()
              + "); it is stopped, or"
              + " was started with -XX:+DisableAttachMechanism");
    } catch (IOException notMine) {
      throw new Failed("process " + pid + " cannot be reached: " + notMine.getMessage());
    }
  }

  private String read(Path answer) throws Failed, IOException {
    String text = Files.readString(answer);
    if (!text.startsWith(InspectAgent.FOUND + "\n")) {
      throw new Failed("process " + pid + " does not use Tandem, or has not yet");
    }
    return text.substring(InspectAgent.FOUND.length() + 1);
  }

  private static void write(Path jar) throws IOException {
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Agent-Class"), InspectAgent.class.getName());
    String name = InspectAgent.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = Attachment.class.getResourceAsStream("/" + name)) {
      if (code == null) {
        throw new FileNotFoundException("the class " + name + " is missing in this program");
      }
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
      out.closeEntry();
    }
  }
}
