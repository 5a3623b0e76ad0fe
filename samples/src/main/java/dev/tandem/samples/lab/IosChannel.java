package dev.tandem.samples.lab;

import static java.util.Objects.requireNonNull;

import dev.tandem.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommand;
import org.jspecify.annotations.Nullable;

/**
 * A shell or one command on a device. The engine's threads only announce it; a task of the lab's
 * group does the talking.
 */
final class IosChannel implements AsyncCommand {

  /** All that a channel needs to talk, once it is started. */
  private record Line(
      IoInputStream in, IoOutputStream out, ExitCallback exit, ChannelSession channel) {}

  private final IosDevice device;
  private final @Nullable String command;
  private final IosShow show;
  private final String enableSecret;
  private final IosMailbox mailbox;

  // Given by the engine before start, one after the other.
  private @Nullable IoInputStream in;
  private @Nullable IoOutputStream out;
  private @Nullable ExitCallback exit;

  // Volatile: written by the engine's threads, read by the task's, and the other way round.
  private volatile @Nullable Line line;
  private volatile @Nullable Task<?> task;
  private volatile boolean gone;

  /**
   * A channel.
   *
   * @param command null for a shell
   */
  IosChannel(
      IosDevice device,
      @Nullable String command,
      IosShow show,
      String enableSecret,
      IosMailbox mailbox) {
    this.device = device;
    this.command = command;
    this.show = show;
    this.enableSecret = enableSecret;
    this.mailbox = mailbox;
  }

  /** What the task is called. */
  String name() {
    return device.hostname() + (command == null ? " shell" : " exec");
  }

  /** Told which task does the talking, to stop it when the other side goes. */
  void servedBy(Task<?> server) {
    task = server;
    if (gone) {
      server.cancel("the client has gone");
    }
  }

  /** Does the talking; never throws but for cancellation. */
  void serve() throws InterruptedException {
    Line given = requireNonNull(line);
    var terminal = new IosTerminal(given.in, given.out);
    try {
      if (command == null) {
        new IosShell(device, terminal, show, enableSecret).run();
      } else {
        execute(command, terminal);
      }
      given.exit.onExit(0);
    } catch (IosCutException cut) {
      given.channel.getSession().close(true);
    } catch (IOException hungUp) {
      given.exit.onExit(1);
    }
  }

  private void execute(String line, IosTerminal terminal) throws IOException, InterruptedException {
    IosGrammar.Meaning meaning = IosGrammar.parse(IosMode.PRIVILEGED, line, 0);
    if (meaning.verb() == null) {
      terminal.write(meaning.error());
      return;
    }
    switch (meaning.verb()) {
      case SHOW_RUNNING_CONFIG, SHOW_VERSION, SHOW_INTERFACES ->
          show.answer(meaning.verb(), terminal::write, terminal::write);
      default -> {
        // The others change the state of a terminal, and there is none.
      }
    }
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    line =
        new Line(requireNonNull(in), requireNonNull(out), requireNonNull(exit), channel);
    mailbox.post(this);
  }

  @Override
  public void destroy(ChannelSession channel) {
    gone = true;
    Task<?> server = task;
    if (server != null) {
      server.cancel("the client has gone");
    }
  }

  @Override
  public void setIoInputStream(IoInputStream in) {
    this.in = in;
  }

  @Override
  public void setIoOutputStream(IoOutputStream out) {
    this.out = out;
  }

  @Override
  public void setIoErrorStream(IoOutputStream err) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void setInputStream(InputStream in) {}

  @Override
  public void setOutputStream(OutputStream out) {}

  @Override
  public void setErrorStream(OutputStream err) {}
}
