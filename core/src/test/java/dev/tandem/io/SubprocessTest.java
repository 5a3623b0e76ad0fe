package dev.tandem.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Gather;
import dev.tandem.LogCapture;
import dev.tandem.flow.AsyncIterator;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are run to their end. */
final class SubprocessTest {

  @TempDir Path directory;

  static Subprocess sh(String script) {
    return Subprocess.of("sh", "-c", script);
  }

  @Test
  void run_outputErrorsAndStatus_areThere() throws Exception {
    for (Subprocess it : bothKindsOfPipes("echo out; echo err >&2; exit 3")) {
      ProcessResult result = it.run();
      assertEquals(3, result.exitStatus());
      assertFalse(result.isSuccess());
      assertEquals("out\n", result.stdout());
      assertEquals(List.of("out"), result.lines());
      assertEquals("err\n", result.stderr());
      assertFalse(result.isTruncated());
      assertFalse(result.isCutOff());
    }
  }

  private static List<Subprocess> bothKindsOfPipes(String script) {
    return List.of(sh(script), sh(script).withoutNamedPipes());
  }

  @Test
  void run_argumentsOfAllKinds_arriveAsTheyAre() throws Exception {
    String odd = "$HOME `id` 'a' \"b\" \\ ; * ü\nnew line";
    ProcessResult result = Subprocess.of("printf", "%s|%s|%s", odd, "", "-n").check();
    assertEquals(odd + "||-n", result.stdout());
  }

  @Test
  void run_inputOfEachKind_isRead() throws Exception {
    Path file = Files.writeString(directory.resolve("in"), "from a file");
    Subprocess cat = Subprocess.of("cat");
    assertEquals("", cat.run().stdout());
    assertEquals("text ü", cat.stdin(ProcessInput.text("text ü")).run().stdout());
    assertEquals("a\nb\n", cat.stdin(ProcessInput.lines(List.of("a", "b"))).run().stdout());
    assertEquals("from a file", cat.stdin(ProcessInput.file(file)).run().stdout());
    assertEquals(
        "x\n", cat.withoutNamedPipes().stdin(ProcessInput.lines(List.of("x"))).run().stdout());
    assertEquals(
        "grün",
        cat.charset(ISO_8859_1).stdin(ProcessInput.text("grün", ISO_8859_1)).run().stdout());
  }

  @Test
  void run_muchInBothDirections_arrives() throws Exception {
    byte[] much = new byte[3_000_000];
    new Random(3).nextBytes(much);
    for (Subprocess it : List.of(Subprocess.of("cat"), Subprocess.of("cat").withoutNamedPipes())) {
      assertArrayEquals(much, it.stdin(ProcessInput.bytes(much)).check().stdoutBytes());
    }
  }

  @Test
  void run_inputThatTheProgramDoesNotRead_isDropped() throws Exception {
    var much = ProcessInput.bytes(new byte[3_000_000]);
    for (Subprocess it : bothKindsOfPipes("exec <&-; echo done")) {
      assertEquals("done\n", it.stdin(much).check().stdout());
    }
  }

  @Test
  void run_linesFail_failsAsTheyDid() {
    Iterable<String> failing =
        () -> {
          throw new IllegalStateException("no lines today");
        };
    var error =
        assertThrows(
            IllegalStateException.class,
            () -> Subprocess.of("cat").stdin(ProcessInput.lines(failing)).run());
    assertEquals("no lines today", error.getMessage());
  }

  @Test
  void check_ofOneThatWasStarted_linesFail_failsAsTheyDid() throws Exception {
    var lines = ProcessInput.lines(Arrays.asList("a", null));
    try (RunningProcess cat = Subprocess.of("cat").stdin(lines).start()) {
      assertThrows(NullPointerException.class, cat::check);
      assertEquals(0, cat.waitFor());
    }
  }

  @Test
  void text_inACharsetThatCanOnlyBeRead_isRefused() {
    var readOnly = Charset.forName("ISO-2022-CN");
    assertThrows(IllegalArgumentException.class, () -> ProcessInput.text("a", readOnly));
  }

  @Test
  void lines_withANullLine_failAsAnIteratorWould() {
    var lines = ProcessInput.lines(Arrays.asList("a", null));
    var error =
        assertThrows(NullPointerException.class, () -> Subprocess.of("cat").stdin(lines).run());
    assertTrue(error.getMessage().startsWith("the iterable gave null"), error.getMessage());
  }

  @Test
  void lines_ofAGenerator_processReadsNoMore_theGeneratorHasEnded() throws Exception {
    for (Subprocess it : bothKindsOfPipes("head -n 1")) {
      var ended = new AtomicBoolean();
      AsyncIterator<String> endless =
          AsyncIterator.generate(
              emitter -> {
                try {
                  while (true) {
                    emitter.emit("x".repeat(1000));
                  }
                } finally {
                  ended.set(true);
                }
              });
      assertEquals(1001, it.stdin(ProcessInput.lines(endless)).run().stdout().length());
      assertTrue(ended.get());
    }
  }

  @Test
  void lines_thatCanBeClosed_areClosedAtTheirEnd() throws Exception {
    var closed = new AtomicBoolean();
    AsyncIterator<String> lines = AsyncIterator.of("a", "b").onClose(() -> closed.set(true));
    assertEquals("a\nb\n", Subprocess.of("cat").stdin(ProcessInput.lines(lines)).run().stdout());
    assertTrue(closed.get());
  }

  @Test
  void lines_whoseClosingFailsWhenNoMoreAreRead_theLogIsTold() throws Exception {
    AsyncIterator<String> endless =
        AsyncIterator.from(Stream.generate(() -> "x".repeat(1000)))
            .onClose(
                () -> {
                  throw new IOException("still in use");
                });
    try (var log = new LogCapture("dev.tandem.io")) {
      var head = Subprocess.of("head", "-n", "1").stdin(ProcessInput.lines(endless));
      assertEquals(1001, head.run().stdout().length());
      assertEquals("still in use", log.records().getFirst().getThrown().getMessage());
    }
  }

  @Test
  void run_muchToErrorsWhileOutputIsIdle_isNotStuck() throws Exception {
    String much = "dd if=/dev/zero bs=1000 count=1000 >&2 2>/dev/null; echo done";
    for (Subprocess it : bothKindsOfPipes(much)) {
      ProcessResult result = it.check();
      assertEquals("done\n", result.stdout());
      assertEquals(1_000_000, result.stderrLength());
    }
  }

  @Test
  void captureLimit_exceeded_keepsTheFirstAndSaysSo() throws Exception {
    ProcessResult result = sh("seq 1 100000").captureLimit(10).check();
    assertEquals("1\n2\n3\n4\n5\n", result.stdout());
    assertTrue(result.isTruncated());
    assertEquals(588_895, result.stdoutLength());
  }

  @Test
  void output_intoFilesAndTogether_goesThere() throws Exception {
    Path file = directory.resolve("out");
    sh("echo one").stdout(ProcessOutput.file(file)).check();
    sh("echo two; echo three >&2")
        .stdout(ProcessOutput.append(file))
        .stderr(ProcessOutput.merge())
        .check();
    assertEquals("one\ntwo\nthree\n", Files.readString(file));
    ProcessResult merged = sh("echo a; echo b >&2; echo c").stderr(ProcessOutput.merge()).check();
    assertEquals("a\nb\nc\n", merged.stdout());
    assertEquals("", merged.stderr());
    ProcessResult none =
        sh("echo a; echo b >&2")
            .stdout(ProcessOutput.discard())
            .stderr(ProcessOutput.discard())
            .check();
    assertEquals("", none.stdout() + none.stderr());
  }

  @Test
  void directoryAndEnvironment_areTheProgramsOwn() throws Exception {
    ProcessResult here = sh("pwd -P").directory(directory).check();
    assertEquals(directory.toRealPath() + "\n", here.stdout());
    Subprocess env =
        Subprocess.of("env")
            .cleanEnvironment()
            .environment("A", "1")
            .environment("B", "x=y")
            .environment("C", "gone")
            .withoutEnvironment("C");
    assertEquals(List.of("A=1", "B=x=y"), env.check().lines().stream().sorted().toList());
    List<String> all = Subprocess.of("env").withoutEnvironment("PATH").check().lines();
    assertTrue(all.stream().noneMatch(line -> line.startsWith("PATH=")), all.toString());
  }

  @Test
  void check_otherStatus_failsWithTheEndOfTheErrors() {
    var error =
        assertThrows(
            SubprocessFailedException.class, () -> sh("echo no such disk >&2; exit 5").check());
    assertEquals(5, error.exitStatus());
    assertEquals("no such disk\n", error.errors());
    assertTrue(error.getMessage().endsWith("ended with status 5: no such disk"), error.toString());
  }

  @Test
  void check_manyErrors_showsTheEndOfThemOnly() {
    var error =
        assertThrows(SubprocessFailedException.class, () -> sh("seq 1 100000 >&2; exit 1").check());
    assertTrue(error.getMessage().length() < 3000, "" + error.getMessage().length());
    assertTrue(error.getMessage().endsWith("\n100000"), error.getMessage());
    assertTrue(error.errors().length() <= 65_536);
  }

  @Test
  void run_endedByASignal_hasItsStatus() throws Exception {
    assertEquals(128 + 15, sh("kill -TERM $$").run().exitStatus());
    assertEquals(128 + 9, sh("kill -KILL $$").run().exitStatus());
  }

  @Test
  void run_programMissing_saysWhichAndWhereItLooked() {
    var error =
        assertThrows(
            ExecutableNotFoundException.class,
            () -> Subprocess.of("no-such-program", "secret").run());
    assertEquals("no-such-program", error.program());
    assertTrue(error.getMessage().contains(System.getenv("PATH")), error.getMessage());
    assertFalse(error.getMessage().contains("secret"));
    var other =
        assertThrows(
            ExecutableNotFoundException.class,
            () -> Subprocess.of("ls").environment("PATH", "/nowhere").run());
    assertTrue(other.getMessage().contains("/nowhere"), other.getMessage());
    var path =
        assertThrows(ExecutableNotFoundException.class, () -> Subprocess.of("/etc/passwd").run());
    assertTrue(path.getMessage().contains("is not an executable file"), path.getMessage());
    assertThrows(ExecutableNotFoundException.class, () -> Subprocess.of("./nothing").run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"#!/no/such\n", "#! /no/such -x\n", "#!/bin/sh\r\n"})
  void run_interpreterOfAScriptMissing_isNamed(String firstLine) throws Exception {
    Path script = Files.writeString(directory.resolve("script"), firstLine + "echo ran\n");
    assertTrue(script.toFile().setExecutable(true));
    var error =
        assertThrows(
            ExecutableNotFoundException.class, () -> Subprocess.of(script.toString()).run());
    String named = firstLine.contains("such") ? "/no/such to run it" : "/bin/sh to run it";
    assertTrue(error.getMessage().contains(named), error.getMessage());
  }

  @Test
  void run_programInItsDirectory_isFound() throws Exception {
    Path script = Files.writeString(directory.resolve("script"), "#!/bin/sh\necho \"$0 ran\"\n");
    assertTrue(script.toFile().setExecutable(true));
    assertEquals(
        script.toAbsolutePath() + " ran",
        Subprocess.of("./script")
            .directory(directory)
            .check()
            .stdout()
            .strip()
            .replace("/./", "/"));
  }

  @Test
  void run_directoryMissingOrNone_saysWhich() throws Exception {
    Path missing = directory.resolve("missing");
    var error = assertThrows(IOException.class, () -> Subprocess.of("ls").directory(missing).run());
    assertEquals("cannot start ls: directory " + missing + " does not exist", error.getMessage());
    assertInstanceOf(NoSuchFileException.class, error.getCause());
    Path file = Files.writeString(directory.resolve("file"), "");
    var other = assertThrows(IOException.class, () -> Subprocess.of("ls").directory(file).run());
    assertEquals("cannot start ls: " + file + " is not a directory", other.getMessage());
    assertInstanceOf(NotDirectoryException.class, other.getCause());
  }

  @Test
  void run_fileCannotBeOpened_saysWhichAndWhy() {
    Path missing = directory.resolve("missing");
    var noInput = Subprocess.of("cat").stdin(ProcessInput.file(missing));
    var noDirectory = Subprocess.of("cat").stdout(ProcessOutput.file(missing.resolve("out")));
    var input = assertThrows(IOException.class, noInput::run);
    assertEquals(
        "cannot start cat: " + missing + " (No such file or directory)", input.getMessage());
    var output = assertThrows(IOException.class, noDirectory.sameSession()::run);
    assertEquals(
        "cannot start cat: " + missing.resolve("out") + " (No such file or directory)",
        output.getMessage());
  }

  @Test
  void run_outputFileCannotBeMade_leavesNothingOpen() throws Exception {
    long before = Accounts.pipes();
    Path nowhere = directory.resolve("missing").resolve("file");
    var error =
        assertThrows(IOException.class, () -> sh("true").stderr(ProcessOutput.file(nowhere)).run());
    assertTrue(error.getMessage().startsWith("cannot start sh -c true"), error.getMessage());
    Accounts.settlePipes(before);
  }

  @Test
  void run_secrets_areShownNowhere() {
    Subprocess it = sh("exit 7").secretArg("hunter2").arg("two words").environment("K", "hunter3");
    assertEquals("sh -c 'exit 7' *** 'two words'", it.toString());
    var error = assertThrows(SubprocessFailedException.class, it::check);
    assertFalse(error.toString().contains("hunter"), error.toString());
    assertEquals("sh -c 'exit 7' *** 'two words'", error.command());
  }

  @Test
  void run_manyAtOnce_leavesNothingOpen() throws Exception {
    long before = Accounts.pipes();
    var items = IntStream.range(0, 40).boxed().toList();
    var all =
        Gather.over(items)
            .limit(8)
            .run(
                i -> Subprocess.of("cat").stdin(ProcessInput.text("number " + i)).check().stdout());
    for (int i : items) {
      assertEquals("number " + i, all.get(i));
    }
    Accounts.settlePipes(before);
  }

  @Test
  void drain_longerThanTheClock_waitsForWhoHoldsTheOutput() throws Exception {
    Subprocess it =
        sh("(while ! [ -e go ]; do sleep 0.01; done; echo late) & echo now")
            .directory(directory)
            .drain(Duration.ofSeconds(Long.MAX_VALUE));
    try (var process = it.start()) {
      assertEquals(0, process.waitFor());
      Files.writeString(directory.resolve("go"), "");
      assertEquals("now\nlate\n", new String(process.stdout().readAll(100), UTF_8));
    }
  }

  @Test
  void arguments_thatCannotBe_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> Subprocess.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Subprocess.of(" "));
    assertThrows(IllegalArgumentException.class, () -> Subprocess.of("a", "b\0"));
    Subprocess ls = Subprocess.of("ls");
    assertThrows(IllegalArgumentException.class, () -> ls.environment("", "x"));
    assertThrows(IllegalArgumentException.class, () -> ls.environment("a=b", "x"));
    assertThrows(IllegalArgumentException.class, () -> ls.stdout(ProcessOutput.merge()));
    assertThrows(IllegalArgumentException.class, () -> ls.captureLimit(0));
    assertThrows(IllegalArgumentException.class, () -> ls.lineLimit(0));
    assertThrows(IllegalArgumentException.class, () -> ls.grace(Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> ls.drain(Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> ls.stdin(ProcessInput.pipe()).run());
    assertThrows(IllegalArgumentException.class, () -> ls.charset(UTF_16));
  }
}
