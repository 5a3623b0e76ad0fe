package dev.tandem.samples.lab;

import dev.tandem.Tandem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;

/** A connection to one device. Faults that come before any command are made here. */
final class IosSession extends ServerSessionImpl {

  private static final String PROBE = "keepalive@openssh.com";
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);
  private static final int PROBES = 250;

  private final IosDevice device;

  IosSession(ServerFactoryManager server, IoSession io, IosDevice device) throws Exception {
    super(server, io);
    this.device = device;
  }

  IosDevice device() {
    return device;
  }

  @Override
  public void start() throws Exception {
    if (device.fault != IosFault.SILENT_ON_CONNECT) {
      super.start();
    }
  }

  @Override
  public void messageReceived(Readable bytes) throws Exception {
    if (device.fault != IosFault.SILENT_ON_CONNECT) {
      super.messageReceived(bytes);
    }
  }

  @Override
  protected void doHandleMessage(Buffer buffer) throws Exception {
    int type = buffer.rawByte(buffer.rpos()) & 0xff;
    if (device.fault == IosFault.KEY_EXCHANGE_CUT && type == SshConstants.SSH_MSG_KEXDH_INIT) {
      close(true);
    } else if (device.fault != IosFault.SILENT_ON_LOGIN
        || type != SshConstants.SSH_MSG_USERAUTH_REQUEST) {
      super.doHandleMessage(buffer);
    }
  }

  /**
   * Ends the connection with a TCP reset: the client is made to say something of which one byte is
   * read and the rest is not. Blocks, so it is not for the server's threads.
   */
  void reset() throws IOException, InterruptedException {
    CompletableFuture<Integer> sipped = ((IosSocket) getIoSession()).sip();
    // The read that is under way may still take the first answers whole.
    for (int i = 0; i < PROBES && !sipped.isDone() && isOpen(); i++) {
      writePacket(probe());
      Tandem.sleep(BETWEEN_PROBES);
    }
    close(true);
  }

  private Buffer probe() throws IOException {
    Buffer buffer = createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    buffer.putString(PROBE);
    buffer.putBoolean(true);
    return buffer;
  }
}
