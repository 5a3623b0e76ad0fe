package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A server in this process whose commands are scripts, and which can be made to misbehave. */
final class TestServer implements AutoCloseable {

  static final String USER = "tester";
  static final String PASSWORD = "correct horse";

  /** What a command does; its return value is the exit status, null for none. */
  interface Script {
    Integer run(String command, OutputStream out, OutputStream err) throws Exception;
  }

  static {
    // The library decides once for the process which keys it understands.
    Providers.prepare();
  }

  final SshServer server = SshServer.setUpDefaultServer();
  final AtomicInteger running = new AtomicInteger();
  private KeyPair hostKey = newKey();

  TestServer(Script script) {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(session -> List.of(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> USER.equals(user) && PASSWORD.equals(password));
    server.setCommandFactory((channel, command) -> new Scripted(command, script));
    CoreModuleProperties.TCP_NODELAY.set(server, true);
  }

  /** A server that answers every command with {@code ran: command}. */
  static TestServer echo() throws IOException {
    return new TestServer(TestServer::echo).start();
  }

  private static Integer echo(String command, OutputStream out, OutputStream err)
      throws IOException {
    out.write(("ran: " + command + "\n").getBytes(UTF_8));
    return 0;
  }

  TestServer start() throws IOException {
    server.start();
    return this;
  }

  SshTarget target() {
    return SshTarget.of("127.0.0.1", server.getPort());
  }

  String fingerprint() {
    return KeyUtils.getFingerPrint(hostKey.getPublic());
  }

  void changeHostKey() {
    hostKey = newKey();
  }

  String knownHostsLine() {
    var blob = new ByteArrayBuffer();
    blob.putRawPublicKey(hostKey.getPublic());
    return target().knownHostsName()
        + " ecdsa-sha2-nistp256 "
        + Base64.getEncoder().encodeToString(blob.getCompactData());
  }

  /** Waits for what another thread brings about, however slow the machine is. */
  static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(30)).until(condition);
  }

  int sessions() {
    return server.getActiveSessions().size();
  }

  static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private final class Scripted implements Command {
    private final String command;
    private final Script script;
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, immediately) -> {};
    private Thread thread = Thread.currentThread();

    Scripted(String command, Script script) {
      this.command = command;
      this.script = script;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      running.incrementAndGet();
      thread =
          Thread.startVirtualThread(
              () -> {
                try {
                  Integer status = script.run(command, out, err);
                  out.flush();
                  err.flush();
                  if (status == null) {
                    channel.close(false);
                  } else {
                    exit.onExit(status);
                  }
                } catch (Exception e) {
                  exit.onExit(255, e.toString());
                } finally {
                  running.decrementAndGet();
                }
              });
    }

    @Override
    public void destroy(ChannelSession channel) {
      thread.interrupt();
    }

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
      this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }
  }
}
