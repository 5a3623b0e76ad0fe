package dev.tandem.http;

import dev.tandem.interop.Futures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Names to addresses. The system's lookup takes no notice of interrupts, so it runs beside the
 * caller: one that is cancelled leaves at once, and the lookup ends when it ends.
 */
final class Dns {

  /** The lookup itself, which may block. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  private final Lookup system;

  Dns(Lookup system) {
    this.system = system;
  }

  /** All addresses of {@code host}, in the order to try them; an address is its own. */
  InetAddress[] addresses(String host) throws IOException, InterruptedException {
    if (looksLikeAddress(host)) {
      try {
        return new InetAddress[] {InetAddress.ofLiteral(host)};
      } catch (IllegalArgumentException notOne) {
        throw (UnknownHostException) new UnknownHostException(host).initCause(notOne);
      }
    }
    try {
      return Futures.await(CompletableFuture.supplyAsync(() -> blocking(host)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unknown) {
        throw unknown.getCause();
      }
      throw new IOException("the lookup of " + host + " failed", e.getCause());
    }
  }

  private static boolean looksLikeAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Tells the common pool that its thread is about to block, so that it brings in another. */
  private InetAddress[] blocking(String host) {
    var blocker = new Blocker(host);
    try {
      ForkJoinPool.managedBlock(blocker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return blocker.found;
  }

  private final class Blocker implements ForkJoinPool.ManagedBlocker {
    private final String host;
    private InetAddress[] found = {};
    private boolean done;

    Blocker(String host) {
      this.host = host;
    }

    @Override
    public boolean block() {
      try {
        found = system.lookup(host);
      } catch (UnknownHostException e) {
        throw new UncheckedIOException(e);
      } finally {
        done = true;
      }
      return true;
    }

    @Override
    public boolean isReleasable() {
      return done;
    }
  }
}
