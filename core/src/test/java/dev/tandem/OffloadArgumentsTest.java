package dev.tandem;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input to offloading and to carriers is refused at the door. */
final class OffloadArgumentsTest {

  static Stream<Executable> illegal() {
    return Stream.of(
        () -> Offload.pool("none", 0),
        () -> Offload.threads(-1),
        () -> Offload.on(Runnable::run, 0));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void illegalValue_isRefusedWithTheValue(Executable use) {
    var error = assertThrows(IllegalArgumentException.class, use);
    assertTrue(error.getMessage().contains("must be at least 1, but was"), error.getMessage());
  }

  static Stream<Executable> nulls() {
    var here = Offload.on(Runnable::run);
    return Stream.of(
        () -> Offload.pool(null, 1),
        () -> Offload.on(null),
        () -> Offload.on(null, 1),
        () -> Offload.toThread((Work<Integer, Exception>) null),
        () -> Offload.toThread((Action<Exception>) null),
        () -> here.run((Work<Integer, Exception>) null),
        () -> here.run((Action<Exception>) null),
        () -> here.named(null),
        () -> here.abandonOnCancel().run((Work<Integer, Exception>) null),
        () -> here.abandonOnCancel().run((Action<Exception>) null),
        () -> here.abandonOnCancel().run(null, late -> {}),
        () -> here.abandonOnCancel().run(() -> 1, null),
        () -> ContextCarriers.register(null),
        () -> ContextCarriers.scopedValue(null),
        () -> ContextCarriers.threadLocal(null),
        () -> ContextCarriers.<String>of(null, value -> {}, () -> {}),
        () -> ContextCarriers.of(() -> "", null, () -> {}),
        () -> ContextCarriers.of(() -> "", value -> {}, null));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void null_isRefused(Executable use) {
    assertNotNull(assertThrows(NullPointerException.class, use));
  }
}
