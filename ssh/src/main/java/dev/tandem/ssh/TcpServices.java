package dev.tandem.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousChannelGroup;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.AbstractIoServiceFactory;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.util.threads.ThreadUtils;

/** The threads of the engine and how it connects; a constant number of threads for any fleet. */
final class TcpServices extends AbstractIoServiceFactory {

  private final AsynchronousChannelGroup group;

  TcpServices(FactoryManager manager) {
    super(manager, ThreadUtils.newFixedThreadPool("tandem-ssh", Defaults.IO_THREADS));
    try {
      group = AsynchronousChannelGroup.withThreadPool(ThreadUtils.noClose(getExecutorService()));
    } catch (IOException e) {
      getExecutorService().shutdownNow();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public IoConnector createConnector(IoHandler handler) {
    return autowireCreatedService(
        new TcpConnector(getFactoryManager(), handler, group, getExecutorService()));
  }

  @Override
  public IoAcceptor createAcceptor(IoHandler handler) {
    throw new UnsupportedOperationException("this is a client");
  }

  @Override
  protected void doCloseImmediately() {
    try {
      group.shutdownNow();
    } catch (IOException e) {
      // Its sockets are closed already, by their sessions.
    } finally {
      super.doCloseImmediately();
    }
  }
}
