package dev.tandem.samples.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.Tandem;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The first program as a compact source file, run by plain java with nothing but core. */
final class CompactFileTest {

  @Test
  void helloAsync_runByPlainJava_saysHello() throws Exception {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    Path core = Path.of(Tandem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(java, "-cp", core.toString(), "compact/HelloAsync.java")
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertTrue(process.waitFor(50, TimeUnit.SECONDS));
    assertEquals(List.of("Hello", "... Tandem!"), lines);
    assertEquals(0, process.exitValue());
  }
}
