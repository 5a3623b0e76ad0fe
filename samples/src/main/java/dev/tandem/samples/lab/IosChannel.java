package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tandem.Tandem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * A shell or one command on a device. The SSH server's threads only put it in a queue; a task of
 * the lab's group does the work, with streams that may block it.
 */
final class IosChannel implements Command {

  private static final IosGrammar COMMANDS =
      new IosGrammar("show ip interface brief", "show running-config", "show version");

  private final IosSession session;
  private final @Nullable String line;
  private final String secret;
  private final Queue<IosChannel> accepted;
  private final IosShow show;
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

  // Set by the SSH server before it calls start, read by the task that the queue hands this to.
  private InputStream input = InputStream.nullInputStream();
  private OutputStream output = OutputStream.nullOutputStream();
  private ExitCallback exit = (status, message, close) -> {};

  /**
   * Not started yet.
   *
   * @param line the command to run; null for a shell
   */
  IosChannel(
      IosSession session,
      @Nullable String line,
      String secret,
      Duration delay,
      IseCounters counters,
      Queue<IosChannel> accepted) {
    this.session = session;
    this.line = line;
    this.secret = secret;
    this.accepted = accepted;
    this.show = new IosShow(session.device(), delay, counters, gone, this::reset);
  }

  /** Serves the client until it leaves or all is said. */
  void serve() throws InterruptedException {
    try {
      String command = line;
      if (command == null) {
        var terminal = new IosTerminal(input, output);
        new IosShell(session.device().hostname, secret, terminal, show).run();
      } else {
        execute(command);
      }
    } catch (EOFException done) {
      // The client has no more to say, which is as good as an exit.
    } catch (IOException left) {
      // Clients come and go. But when the lab ends, that is what this task is told.
      Tandem.checkpoint();
    }
    exit.onExit(0);
  }

  private void execute(String command) throws IOException, InterruptedException {
    String parsed = COMMANDS.parse(command);
    if (parsed.startsWith("%")) {
      lines(IosShell.refusal("", parsed));
    } else {
      show.answer(parsed, text -> lines(List.of(text)), this::lines);
    }
  }

  private void lines(List<String> lines) throws IOException {
    output.write((String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1));
    output.flush();
  }

  private void reset(byte[] text) throws IOException, InterruptedException {
    output.write(text);
    output.flush();
    session.reset();
    throw new IOException("the connection was reset, as it should be");
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    accepted.add(this);
  }

  @Override
  public void destroy(ChannelSession channel) {
    gone.complete(null);
  }

  @Override
  public void setInputStream(InputStream input) {
    this.input = input;
  }

  @Override
  public void setOutputStream(OutputStream output) {
    this.output = output;
  }

  @Override
  public void setErrorStream(OutputStream error) {
    // A device has one voice only.
  }

  @Override
  public void setExitCallback(ExitCallback exit) {
    this.exit = exit;
  }
}
