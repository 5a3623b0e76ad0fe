package dev.tandem.samples.lab;

import dev.tandem.Tandem;
import java.io.IOException;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;

/** A connection to one device. Faults that come before any command are made here. */
final class IosSession extends ServerSessionImpl {

  private static final String PROBE = "keepalive@openssh.com";
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
  private static final Duration REPLY_ARRIVES = Duration.ofMillis(30);

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
   * Ends the connection with a TCP reset. These sockets have no linger option, but a system resets
   * a connection that is closed with bytes unread; so the client is made to say something that
   * nobody reads. Blocks, so it is not for the server's threads.
   */
  void reset() throws IOException, InterruptedException {
    // The read that is under way ends with the first reply; after that, no more are begun.
    getIoSession().suspendRead();
    try {
      request(PROBE, probe(), PROBE_LIMIT);
      writePacket(probe());
      Tandem.sleep(REPLY_ARRIVES);
    } finally {
      // Other words of the client's may have come before the reply, which is then never read. That
      // is as good, but if the connection stayed, the command would end as if nothing were wrong.
      close(true);
    }
  }

  private Buffer probe() throws IOException {
    Buffer buffer = createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    buffer.putString(PROBE);
    buffer.putBoolean(true);
    return buffer;
  }
}
