package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The two rules that everything else rests on: the order of the packages, and who may wait. */
final class ArchitectureTest {

  /** Each package may use those before it. */
  private static final List<String> ORDER =
      List.of(
          "dev.tandem.internal",
          "dev.tandem",
          "dev.tandem.sync",
          "dev.tandem.flow",
          "dev.tandem.io",
          "dev.tandem.interop",
          "dev.tandem.inspect",
          "dev.tandem.testing",
          "dev.tandem.testing.junit");

  private static final Pattern WAITS =
      Pattern.compile(
          "java\\.util\\.concurrent\\.locks\\.LockSupport\\..*"
              + "|java\\.lang\\.Thread\\.(sleep|start|startVirtualThread|ofVirtual|ofPlatform|<init>)"
              + "|java\\.lang\\.System\\.(nanoTime|currentTimeMillis)|java\\.time\\.[A-Za-z]+\\.now"
              + "|java\\.util\\.concurrent\\.Executors\\..*"
              + "|java\\.lang\\.Object\\.(wait|notify|notifyAll)");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tandem");

  @Test
  void packages_useOnlyThoseAboveThem() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      int own = ORDER.indexOf(type.getPackageName());
      assertTrue(own >= 0, "a package without a place: " + type.getPackageName());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
          .filter(target -> target.startsWith("dev.tandem") && ORDER.indexOf(target) > own)
          .forEach(target -> wrong.add(type.getName() + " uses " + target));
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void outsideInternal_nothingParksSleepsReadsAClockOrStartsAThread() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (type.getPackageName().equals("dev.tandem.internal")) {
        continue;
      }
      type.getCodeUnitCallsFromSelf().stream()
          .map(call -> call.getTargetOwner().getName() + "." + call.getName())
          .filter(target -> WAITS.matcher(target).matches())
          .forEach(target -> wrong.add(type.getName() + " calls " + target));
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void nowhere_isAMethodOrBlockSynchronized() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (unit.getModifiers().toString().contains("SYNCHRONIZED")) {
          wrong.add(unit.getFullName());
        }
      }
    }
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (Files.readString(source).contains("synchronized (")) {
          wrong.add(source.toString());
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }
}
