package dev.tandem.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Null is refused at the door, by the name of what it was passed for. */
final class NullArgumentsTest {

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  private static void refused(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void null_anywhere_isRefusedByName() throws Exception {
    refused("bytes", () -> ProcessInput.bytes(nothing()));
    refused("text", () -> ProcessInput.text(nothing()));
    refused("charset", () -> ProcessInput.text("x", NullArgumentsTest.<Charset>nothing()));
    refused("arguments", () -> Subprocess.of("x", NullArgumentsTest.<String[]>nothing()));
    refused("arguments[0]", () -> Subprocess.of("x", NullArgumentsTest.<String>nothing()));
    refused("command[1]", () -> Subprocess.of(Arrays.asList("x", null)));
    refused("command", () -> Subprocess.of(NullArgumentsTest.<List<String>>nothing()));
    refused(
        "protocols",
        () -> TlsSettings.DEFAULT.applicationProtocols(NullArgumentsTest.<String[]>nothing()));
    refused(
        "protocols[0]",
        () -> TlsSettings.DEFAULT.applicationProtocols(NullArgumentsTest.<String>nothing()));
    try (var server = new Loopback();
        var pair = server.pair()) {
      refused("bytes", () -> pair.near().write(NullArgumentsTest.<byte[]>nothing(), 0, 1));
    }
  }
}
