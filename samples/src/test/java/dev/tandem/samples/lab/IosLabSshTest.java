package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.TaskGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's client at the lab's devices. */
class IosLabSshTest {

  private static final Path SSH = Path.of("/usr/bin/ssh");

  @TempDir private Path home;

  @BeforeAll
  static void sshIsThere() {
    boolean mustBe = "true".equals(System.getenv("CI"));
    assumeTrue(mustBe || Files.isExecutable(SSH), "no " + SSH + " on this machine");
  }

  @Test
  void exec_runningConfiguration_isWhole() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, ZERO));
          Ended ended = ssh(lab, 0, "", "show running-config");
          assertEquals(0, ended.status, ended.text);
          assertTrue(ended.text.startsWith("Building configuration...\r\n"), ended.text);
          assertTrue(ended.text.endsWith("\r\nend\r\n"), ended.text);
          assertFalse(ended.text.contains("--More--"), ended.text);
        });
  }

  @Test
  void shell_enabled_pagesUntilToldNotTo() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, ZERO));
          String typed =
              String.join(
                  "\n",
                  "show running-config",
                  "enable",
                  lab.enableSecret(),
                  "show running-config",
                  "  qterminal length 0",
                  "sh run",
                  "conf t",
                  "interface Gi0/1",
                  "exit",
                  "end",
                  "exit",
                  "");
          Ended ended = ssh(lab, 0, typed);
          String text = ended.text;
          assertEquals(0, ended.status, text);
          assertTrue(text.contains("R1>show running-config\r\n"), text);
          assertTrue(text.contains("% Invalid input detected at '^' marker."), text);
          assertTrue(text.contains("Password: \r\nR1#"), text);
          assertFalse(text.contains(lab.enableSecret()), text);
          assertEquals(3, text.split(" --More-- ", -1).length - 1, text);
          assertTrue(text.contains("R1#terminal length 0\r\nR1#sh run\r\nBuilding conf"), text);
          assertTrue(text.contains("\r\nend\r\nR1#conf t\r\n"), text);
          assertTrue(text.contains("R1(config)#interface Gi0/1\r\nR1(config-if)#exit"), text);
          assertTrue(text.contains("R1#exit\r\n"), text);
        });
  }

  @Test
  void shell_wrongSecret_staysUnprivileged() throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, ZERO));
          Ended ended = ssh(lab, 0, "enable\na\nb\nc\nexit\n");
          assertTrue(ended.text.contains("% Bad secrets\r\n\r\nR1>exit"), ended.text);
        });
  }

  /** Runs ssh with a key that the lab accepts; without a command, in a shell with a terminal. */
  private Ended ssh(IosLab lab, int device, String input, String... command)
      throws IOException, InterruptedException {
    Path key = home.resolve("key");
    if (Files.notExists(key)) {
      run(List.of("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()), "");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    }
    try {
      String text = Files.readString(home.resolve("key.pub"));
      lab.acceptKey(
          PublicKeyEntry.parsePublicKeyEntry(text).resolvePublicKey(null, Map.of(), null));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    Path known = Files.writeString(home.resolve("known_hosts"), lab.knownHosts());
    var line = new ArrayList<String>(List.of(SSH.toString(), "-F", "none", "-i", key.toString()));
    line.addAll(List.of("-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes"));
    line.addAll(List.of("-o", "UserKnownHostsFile=" + known, "-o", "StrictHostKeyChecking=yes"));
    line.addAll(List.of("-p", Integer.toString(lab.addresses().get(device).getPort())));
    if (command.length == 0) {
      line.add("-tt");
    }
    line.add(lab.username() + "@127.0.0.1");
    line.addAll(List.of(command));
    return run(line, input);
  }

  private static Ended run(List<String> line, String input)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      try (var typed = process.getOutputStream()) {
        typed.write(input.getBytes(ISO_8859_1));
      }
      var text = new ByteArrayOutputStream();
      process.getInputStream().transferTo(text);
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> text.toString(ISO_8859_1));
      return new Ended(process.exitValue(), text.toString(ISO_8859_1));
    } finally {
      process.destroyForcibly();
    }
  }

  private record Ended(int status, String text) {}
}
