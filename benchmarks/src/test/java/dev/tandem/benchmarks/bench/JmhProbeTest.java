package dev.tandem.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

/** A name that is wrong would only be noticed after minutes of measuring. */
final class JmhProbeTest {

  @Test
  void benchmarks_ofAllSuites_exist() throws Exception {
    for (Suite suite : Suites.ALL) {
      for (Probe probe : suite.probes(Tempo.QUICK)) {
        if (probe instanceof JmhProbe jmh) {
          assertTrue(exists(jmh.benchmark()), jmh.benchmark());
        }
      }
    }
  }

  /** Classes with preview features cannot be loaded here; their sources can be read. */
  private static boolean exists(String benchmark) throws ReflectiveOperationException, IOException {
    int dot = benchmark.lastIndexOf('.');
    String type = benchmark.substring(0, dot);
    String name = benchmark.substring(dot + 1);
    if (type.contains(".preview.")) {
      Path source = Path.of("preview/src/main/java", type.replace('.', '/') + ".java");
      return Files.readString(source).contains(" " + name + "()");
    }
    for (Method method : Class.forName(type).getMethods()) {
      if (method.getName().equals(name) && method.isAnnotationPresent(Benchmark.class)) {
        return true;
      }
    }
    return false;
  }
}
