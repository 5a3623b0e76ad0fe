package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.TaskGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.junit.jupiter.api.Test;

/** The command line of a device, as somebody at a terminal sees it. */
class IosShellTest {

  private static final String MORE = " --More-- ";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shell_wholeVisit_readsAsOnADevice() throws Exception {
    atTerminal(
        (lab, terminal) -> {
          terminal.expect("\r\nR1>");
          terminal.type("show running-config\r");
          terminal.expect("show running-config\r\n");
          terminal.expect("% Invalid input detected at '^' marker.\r\n\r\nR1>");
          terminal.type("enable\r");
          terminal.expect("enable\r\nPassword: ");
          terminal.type(lab.enableSecret() + "\r");
          terminal.expect("\r\nR1#");
          terminal.type("terminal length 0\r\n");
          terminal.expect("terminal length 0\r\nR1#");
          terminal.type("show running-config\r");
          terminal.expect("show running-config\r\nBuilding configuration...\r\n");
          terminal.expect("\r\nend\r\nR1#");
          assertFalse(terminal.seen().contains("--More--"));
          assertFalse(terminal.seen().contains(lab.enableSecret()));
          terminal.type("exit\r");
          terminal.expect("exit\r\n");
          terminal.expectEnd();
        });
  }

  @Test
  void pager_spaceEnterAndQ_doAsSaid() throws Exception {
    atTerminal(
        (lab, terminal) -> {
          enable(lab, terminal);
          terminal.type("show running-config\r");
          terminal.expect("Building configuration...\r\n");
          String page = terminal.expect(MORE);
          assertEquals(24, lines(page), page);
          terminal.type(" ");
          page = terminal.expect(MORE);
          assertTrue(page.startsWith("\b\b\b\b\b\b\b\b\b"), page);
          assertEquals(24, lines(page), page);
          terminal.type("\r");
          assertEquals(1, lines(terminal.expect(MORE)));
          terminal.type("q");
          assertEquals(0, lines(terminal.expect("R1#")));
          terminal.type("terminal length 10\rshow running-config\r");
          terminal.expect("Building configuration...\r\n");
          assertEquals(10, lines(terminal.expect(MORE)));
          terminal.type("q");
          terminal.expect("R1#");
        });
  }

  @Test
  void enable_wrongThreeTimes_isBadSecrets() throws Exception {
    atTerminal(
        (lab, terminal) -> {
          terminal.expect("R1>");
          terminal.type("en\r");
          for (int i = 0; i < 3; i++) {
            terminal.expect("Password: ");
            terminal.type("wrong\r");
          }
          terminal.expect("% Bad secrets\r\n");
          assertFalse(terminal.seen().contains("wrong"));
        });
  }

  @Test
  void configure_modes_showInThePrompt() throws Exception {
    atTerminal(
        (lab, terminal) -> {
          enable(lab, terminal);
          terminal.type("conf t\r");
          terminal.expect("R1(config)#");
          terminal.type("interface GigabitEthernet0/0\r");
          terminal.expect("R1(config-if)#");
          terminal.type("descriptoin\b\b\bion uplink\r");
          terminal.expect("R1(config-if)#");
          assertFalse(terminal.seen().contains("% Invalid"));
          terminal.type("exit\r");
          terminal.expect("R1(config)#");
          terminal.type("end\r");
          terminal.expect("R1#");
          terminal.type("disable\r");
          terminal.expect("R1>");
        });
  }

  private interface Check {
    void with(IosLab lab, Terminal terminal) throws Exception;
  }

  private static void enable(IosLab lab, Terminal terminal) throws IOException {
    terminal.expect("R1>");
    terminal.type("enable\r");
    terminal.expect("Password: ");
    terminal.type(lab.enableSecret() + "\r");
    terminal.expect("R1#");
  }

  private static long lines(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  private static void atTerminal(Check check) throws Exception {
    TaskGroup.run(
        group -> {
          IosLab lab = IosLab.start(group, LabSettings.of(1, Duration.ZERO));
          try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            try (var session =
                client
                    .connect(lab.username(), lab.addresses().getFirst())
                    .verify(PATIENCE)
                    .getSession()) {
              session.addPasswordIdentity(lab.password());
              session.auth().verify(PATIENCE);
              try (ChannelShell shell = session.createShellChannel()) {
                shell.open().verify(PATIENCE);
                check.with(lab, new Terminal(shell.getInvertedIn(), shell.getInvertedOut()));
              }
            }
          }
        });
  }

  private record Terminal(OutputStream in, InputStream out, StringBuilder all) {

    Terminal(OutputStream in, InputStream out) {
      this(in, out, new StringBuilder());
    }

    void type(String keys) throws IOException {
      in.write(keys.getBytes(US_ASCII));
      in.flush();
    }

    /** Reads up to and including the text; what came is returned. */
    String expect(String text) throws IOException {
      var read = new StringBuilder();
      while (read.indexOf(text) < 0) {
        int next = out.read();
        assertTrue(next >= 0, () -> "expected '" + text + "', but the end came after: " + read);
        read.append((char) next);
        all.append((char) next);
      }
      return read.toString();
    }

    void expectEnd() throws IOException {
      assertEquals("", new String(out.readAllBytes(), US_ASCII).strip());
    }

    String seen() {
      return all.toString();
    }
  }
}
