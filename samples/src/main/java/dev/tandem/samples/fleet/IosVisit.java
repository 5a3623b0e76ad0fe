package dev.tandem.samples.fleet;

import dev.tandem.ssh.AsyncSshClient;
import dev.tandem.ssh.CommandResult;
import dev.tandem.ssh.Credentials;
import dev.tandem.ssh.SshConnection;
import dev.tandem.ssh.SshTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Backs up one IOS device: takes its running configuration, whole or not at all. */
record IosVisit(AsyncSshClient client, SshTarget target, String username, Credentials credentials)
    implements Target.Visit {

  private static final String COMMAND = "show running-config";

  /** Lines that say when, not what; they would make every backup differ from the last. */
  private static final List<String> VOLATILE =
      List.of(
          "Building configuration...",
          "Current configuration :",
          "! Last configuration change",
          "! NVRAM config last updated",
          "ntp clock-period");

  @Override
  public byte[] ask() throws Exception {
    try (SshConnection connection = client.connect(target, username, credentials)) {
      CommandResult result = connection.run(COMMAND).check();
      return configuration(result.stdout()).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** What is worth keeping of the output; a configuration that does not end is refused. */
  static String configuration(String output) throws IOException {
    List<String> lines =
        output
            .lines()
            .map(String::stripTrailing)
            .filter(line -> VOLATILE.stream().noneMatch(line::startsWith))
            .dropWhile(String::isEmpty)
            .toList();
    String text = String.join("\n", lines).stripTrailing();
    String last = text.substring(text.lastIndexOf('\n') + 1);
    if (!last.equals("end")) {
      String shown = last.length() > 80 ? last.substring(0, 80) + "…" : last;
      throw new IOException("the configuration is incomplete, it ends with '" + shown + "'");
    }
    return text + "\n";
  }
}
