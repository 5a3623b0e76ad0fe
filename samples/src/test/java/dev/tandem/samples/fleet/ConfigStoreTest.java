package dev.tandem.samples.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigStoreTest {

  private static final Target DEVICE = new Target("ios-01", Transport.SSH, () -> new byte[0]);

  @TempDir private Path directory;

  @Test
  void keep_device_isWrittenWholeAndAlone() throws Exception {
    ConfigStore store = ConfigStore.in(directory.resolve("new/deep"));
    store.keep(DEVICE, "one\nend\n".getBytes(UTF_8));
    store.keep(DEVICE, "two\nend\n".getBytes(UTF_8));
    assertEquals("two\nend\n", Files.readString(directory.resolve("new/deep/ios-01.cfg")));
    assertEquals(List.of("ios-01.cfg"), names(directory.resolve("new/deep")));
  }

  @Test
  void keep_node_isNoConfiguration() throws Exception {
    ConfigStore.in(directory).keep(new Target("ise", Transport.HTTP, DEVICE.visit()), new byte[9]);
    assertEquals(List.of(), names(directory));
  }

  @Test
  void keep_interrupted_leavesTheOldFileAndNothingElse() throws Exception {
    ConfigStore store = ConfigStore.in(directory);
    store.keep(DEVICE, "old".getBytes(UTF_8));
    Thread.currentThread().interrupt();
    assertThrows(ClosedByInterruptException.class, () -> store.keep(DEVICE, "new".getBytes(UTF_8)));
    assertTrue(Thread.interrupted());
    assertEquals("old", Files.readString(directory.resolve("ios-01.cfg")));
    assertEquals(List.of("ios-01.cfg"), names(directory));
  }

  @Test
  void keep_placeCannotBeWritten_namesTheFileAndLeavesNothing() throws Exception {
    ConfigStore store = ConfigStore.in(directory);
    Files.createDirectory(directory.resolve("ios-01.cfg"));
    Files.writeString(directory.resolve("ios-01.cfg/in-the-way"), "x");
    var error = assertThrows(IOException.class, () -> store.keep(DEVICE, new byte[1]));
    assertTrue(
        error.getMessage().startsWith("cannot write " + directory.resolve("ios-01.cfg") + ": "),
        error.getMessage());
    assertEquals(List.of("ios-01.cfg"), names(directory));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
