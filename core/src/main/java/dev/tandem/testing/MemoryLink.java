package dev.tandem.testing;

/**
 * Two ends of a connection in memory.
 *
 * <pre>{@code
 * try (MemoryLink link = MemoryConnection.pair()) {
 *   link.client().writeLine("hello");
 *   assertEquals("hello", link.server().readLine());
 * }
 * }</pre>
 *
 * <p>What one end writes the other reads. Who is called client and who server makes no difference.
 */
public final class MemoryLink implements AutoCloseable {

  private final Wire toServer;
  private final Wire toClient;
  private final MemoryConnection client;
  private final MemoryConnection server;

  MemoryLink(MemorySettings settings) {
    toServer = new Wire(settings.toServer);
    toClient = new Wire(settings.toClient);
    client =
        new MemoryConnection(
            "client", "server", settings, toClient, toServer, () -> broken(toClient));
    server =
        new MemoryConnection(
            "server", "client", settings, toServer, toClient, () -> broken(toServer));
  }

  public MemoryConnection client() {
    return client;
  }

  public MemoryConnection server() {
    return server;
  }

  /**
   * Breaks the connection now: what is on its way is lost, and at both ends whoever reads or writes
   * gets a {@link dev.tandem.io.ConnectionLostException}.
   */
  public void reset() {
    broken(toServer);
    broken(toClient);
  }

  /** Closes both ends. */
  @Override
  public void close() {
    client.close();
    server.close();
  }

  @Override
  public String toString() {
    return "MemoryLink[" + client + ", " + server + "]";
  }

  private static void broken(Wire wire) {
    wire.breakNow("it was reset");
  }
}
