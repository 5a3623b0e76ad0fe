package dev.tandem.io;

/** What a server does with a connection, which is closed when this returns or throws. */
@FunctionalInterface
public interface ConnectionHandler {
  void handle(TcpConnection connection) throws Exception;
}
