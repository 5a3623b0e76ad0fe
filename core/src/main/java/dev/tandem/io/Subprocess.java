package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import dev.tandem.CancelledException;
import dev.tandem.Tandem;
import dev.tandem.internal.Durations;
import dev.tandem.internal.Lists;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program to run beside this one; asyncio's {@code create_subprocess_exec}.
 *
 * <pre>{@code
 * String head = Subprocess.of("git", "rev-parse", "HEAD").directory(repository).check().stdout();
 *
 * try (var ping = Subprocess.of("ping", "-c", "5", host).start();
 *     var lines = ping.lines()) {
 *   for (String line : lines) {
 *     println(line);
 *   }
 * }
 * }</pre>
 *
 * <p>The arguments go to the program as they are: no shell reads them, and nothing in them has a
 * meaning of its own. A value of this type is immutable and may be used again.
 *
 * <p>{@link #run} waits for the end and has the output as a whole; {@link #check} also fails unless
 * the status is 0; {@link #start} goes on while the program runs.
 *
 * <p><b>Defaults.</b> Nothing to read; output and errors are captured, up to 64 MiB each; text is
 * UTF-8; a program that is to end has 5 seconds before it is killed.
 *
 * <p><b>Cancellation.</b> When {@code run} is cancelled or its deadline passes, the program and all
 * that came of it are asked to end (SIGTERM), those still there after the grace are killed
 * (SIGKILL), and only then {@code run} throws. What came of it: its descendants; and on Linux,
 * where the program {@code setsid} exists and no stream is inherited, everything in the program's
 * session, which is its own then. Not found is who made itself a session after its parent had
 * ended, as daemons do.
 *
 * <p><b>Those left behind.</b> When the program ends by itself, processes that it has left behind
 * are let be. If one of them holds the output open, it is waited for only a second, see {@link
 * #drain}; who closes a running process within that time ends them too.
 *
 * <p><b>Virtual time</b> stands still while somebody waits for a program.
 */
public final class Subprocess {

  final List<String> command;
  final List<Integer> secrets;
  final @Nullable Path directory;
  final Environment environment;
  final ProcessInput stdin;
  final ProcessOutput stdout;
  final ProcessOutput stderr;
  final Charset charset;
  final int captureLimit;
  final int lineLimit;
  final Duration grace;
  final Duration drain;
  final boolean ownSession;
  final boolean usesNamedPipes;

  private Subprocess(Draft draft) {
    command = List.copyOf(draft.command);
    secrets = List.copyOf(draft.secrets);
    directory = draft.directory;
    environment = draft.environment;
    stdin = draft.stdin;
    stdout = draft.stdout;
    stderr = draft.stderr;
    charset = draft.charset;
    captureLimit = draft.captureLimit;
    lineLimit = draft.lineLimit;
    grace = draft.grace;
    drain = draft.drain;
    ownSession = draft.ownSession;
    usesNamedPipes = draft.usesNamedPipes;
  }

  /**
   * A program and its arguments.
   *
   * @param program a name to be looked up on the PATH, or a path
   */
  public static Subprocess of(String program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(requireNonNull(program, "program"));
    command.addAll(Lists.copyOf(arguments, "arguments"));
    return of(command);
  }

  /**
   * A program and its arguments.
   *
   * @throws IllegalArgumentException when the list or the program's name is empty, or something in
   *     it contains the character 0
   */
  public static Subprocess of(List<String> command) {
    var draft = new Draft();
    draft.command = checked(Lists.copyOf(command, "command"));
    return new Subprocess(draft);
  }

  /** One more argument. */
  public Subprocess arg(String argument) {
    var draft = new Draft(this);
    draft.command = new ArrayList<>(command);
    draft.command.add(requireNonNull(argument, "argument"));
    checked(draft.command);
    return new Subprocess(draft);
  }

  /**
   * One more argument, which messages and {@code toString} show as {@code ***}. Other users of the
   * machine can see the arguments of a program nevertheless; the environment and stdin are safer.
   */
  public Subprocess secretArg(String argument) {
    var draft = new Draft(arg(argument));
    draft.secrets = new ArrayList<>(secrets);
    draft.secrets.add(command.size());
    return new Subprocess(draft);
  }

  /** Where the program runs; otherwise where this one does. */
  public Subprocess directory(Path directory) {
    var draft = new Draft(this);
    draft.directory = requireNonNull(directory, "directory");
    return new Subprocess(draft);
  }

  /** A variable of its environment; values are never shown by anything here. */
  public Subprocess environment(String name, String value) {
    return with(environment.plus(name, requireNonNull(value, "value")));
  }

  /** Without a variable that this program has. */
  public Subprocess withoutEnvironment(String name) {
    return with(environment.minus(name));
  }

  /** Without all that this program has; variables can be added after that. */
  public Subprocess cleanEnvironment() {
    return with(Environment.CLEAN);
  }

  /** What the program reads. */
  public Subprocess stdin(ProcessInput stdin) {
    var draft = new Draft(this);
    draft.stdin = requireNonNull(stdin, "stdin");
    return new Subprocess(draft);
  }

  /**
   * Where its output goes.
   *
   * @throws IllegalArgumentException for {@link ProcessOutput#merge}, which is for errors
   */
  public Subprocess stdout(ProcessOutput stdout) {
    if (requireNonNull(stdout, "stdout").kind == ProcessOutput.Kind.MERGE) {
      throw new IllegalArgumentException(
          "merge() is for stderr: it says that errors go where the output goes");
    }
    var draft = new Draft(this);
    draft.stdout = stdout;
    return new Subprocess(draft);
  }

  /** Where its errors go. */
  public Subprocess stderr(ProcessOutput stderr) {
    var draft = new Draft(this);
    draft.stderr = requireNonNull(stderr, "stderr");
    return new Subprocess(draft);
  }

  /**
   * The charset of its text, in all directions.
   *
   * @throws IllegalArgumentException for one like UTF-16, in which a line feed is not one byte, and
   *     one that can only be read
   */
  public Subprocess charset(Charset charset) {
    var draft = new Draft(this);
    draft.charset = Text.lines(charset);
    return new Subprocess(draft);
  }

  /**
   * How many bytes of its output, and of its errors, are captured: the first ones. The program is
   * read on, or it could not end, and {@link ProcessResult#isTruncated} tells.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public Subprocess captureLimit(int bytes) {
    var draft = new Draft(this);
    draft.captureLimit = Text.limit(bytes);
    return new Subprocess(draft);
  }

  /**
   * How many bytes a line may have that is read from a running program; 64 KiB by default.
   *
   * @throws IllegalArgumentException when {@code bytes} is below 1
   */
  public Subprocess lineLimit(int bytes) {
    var draft = new Draft(this);
    draft.lineLimit = Text.limit(bytes);
    return new Subprocess(draft);
  }

  /**
   * How long the program has to end when it was asked to, before it is killed.
   *
   * @throws IllegalArgumentException when {@code grace} is negative
   */
  public Subprocess grace(Duration grace) {
    Durations.notNegative(grace, "grace");
    var draft = new Draft(this);
    draft.grace = grace;
    return new Subprocess(draft);
  }

  /**
   * How long processes that the program left behind may be silent and hold its output open, before
   * it is taken for ended; a second by default.
   *
   * @throws IllegalArgumentException when {@code drain} is negative
   */
  public Subprocess drain(Duration drain) {
    Durations.notNegative(drain, "drain");
    var draft = new Draft(this);
    draft.drain = drain;
    return new Subprocess(draft);
  }

  /**
   * In the session of this program, so that it can ask at the terminal, for a password for example.
   * Then it is ended with its descendants alone.
   */
  public Subprocess sameSession() {
    var draft = new Draft(this);
    draft.ownSession = false;
    return new Subprocess(draft);
  }

  /** For tests: with the pipes of the JDK, as where pipes have no names. */
  Subprocess withoutNamedPipes() {
    var draft = new Draft(this);
    draft.usesNamedPipes = false;
    return new Subprocess(draft);
  }

  /**
   * Runs the program and waits for its end.
   *
   * @throws ExecutableNotFoundException when there is no such program, or what its first line names
   *     to run it is missing
   * @throws IOException when it cannot be started for another reason; but a file that the system
   *     cannot make anything of may end with status 126 or 127 instead, as in a shell
   * @throws CancelledException when cancelled; then it has ended, with all that came of it
   * @throws InterruptedException when interrupted from outside; likewise
   * @throws IllegalArgumentException when a stream is piped, for which nobody is there; use start
   */
  public ProcessResult run() throws IOException, InterruptedException {
    if (stdin.kind == ProcessInput.Kind.PIPE
        || stdout.kind == ProcessOutput.Kind.PIPE
        || stderr.kind == ProcessOutput.Kind.PIPE) {
      throw new IllegalArgumentException(
          "pipe() is for start(): while " + this + " is run, nobody reads or writes the pipe");
    }
    try (var process = new RunningProcess(Supervision.start(this, false))) {
      return process.awaitResult();
    }
  }

  /**
   * Runs the program and fails unless its status is 0.
   *
   * @throws SubprocessFailedException when it is another; with the end of its errors
   * @throws IOException as {@link #run} does
   */
  public ProcessResult check() throws IOException, InterruptedException {
    return run().check();
  }

  /**
   * Starts the program. It is ended when what this returns is closed, and at the latest when the
   * scope ends that it was started in.
   *
   * <p>Output that is captured by default is for {@link RunningProcess#stdout} here; of the errors
   * the end is kept.
   *
   * @throws ExecutableNotFoundException when there is no such program
   * @throws IOException when it cannot be started for another reason
   */
  public RunningProcess start() throws IOException, InterruptedException {
    Tandem.checkpoint();
    return new RunningProcess(Supervision.start(this, true));
  }

  /** The command, without its secrets. */
  @Override
  public String toString() {
    var shown = new ArrayList<String>();
    for (int i = 0; i < command.size(); i++) {
      shown.add(secrets.contains(i) ? "***" : quoted(command.get(i)));
    }
    return String.join(" ", shown);
  }

  private Subprocess with(Environment changed) {
    var draft = new Draft(this);
    draft.environment = changed;
    return new Subprocess(draft);
  }

  private static List<String> checked(List<String> command) {
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException(
          "a command must have at least the name of a program, but was " + command);
    }
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i).indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "argument " + i + " of " + command.getFirst() + " contains the character 0");
      }
    }
    return command;
  }

  private static String quoted(String argument) {
    return argument.isEmpty() || argument.chars().anyMatch(Character::isWhitespace)
        ? "'" + argument + "'"
        : argument;
  }

  /** All of it, while it is being changed. */
  private static final class Draft {
    List<String> command = List.of();
    List<Integer> secrets = List.of();
    @Nullable Path directory;
    Environment environment = Environment.OURS;
    ProcessInput stdin = ProcessInput.none();
    ProcessOutput stdout = ProcessOutput.capture();
    ProcessOutput stderr = ProcessOutput.capture();
    Charset charset = Defaults.CHARSET;
    int captureLimit = Defaults.CAPTURE_LIMIT;
    int lineLimit = Defaults.LINE_LIMIT;
    Duration grace = Defaults.GRACE;
    Duration drain = Defaults.DRAIN;
    boolean ownSession = true;
    boolean usesNamedPipes = true;

    Draft() {}

    Draft(Subprocess from) {
      command = from.command;
      secrets = from.secrets;
      directory = from.directory;
      environment = from.environment;
      stdin = from.stdin;
      stdout = from.stdout;
      stderr = from.stderr;
      charset = from.charset;
      captureLimit = from.captureLimit;
      lineLimit = from.lineLimit;
      grace = from.grace;
      drain = from.drain;
      ownSession = from.ownSession;
      usesNamedPipes = from.usesNamedPipes;
    }
  }
}
