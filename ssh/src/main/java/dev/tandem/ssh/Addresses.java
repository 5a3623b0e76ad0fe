package dev.tandem.ssh;

import dev.tandem.interop.Futures;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Finds the address of a host. */
final class Addresses {

  /** Not the common pool: it has few threads, and a slow name service would hold them all. */
  private static final Executor OWN_THREAD =
      lookUp -> Thread.ofPlatform().daemon().name("tandem-ssh-name").start(lookUp);

  private Addresses() {}

  /**
   * Waits for the name service if it must; the wait can be cancelled, the look-up goes on alone.
   */
  static InetSocketAddress resolve(SshTarget target)
      throws SshConnectException, InterruptedException {
    if (isLiteral(target.host())) {
      try {
        return new InetSocketAddress(InetAddress.ofLiteral(target.host()), target.port());
      } catch (IllegalArgumentException e) {
        throw new SshConnectException(target, "this is no IP address", e);
      }
    }
    try {
      InetAddress found =
          Futures.await(CompletableFuture.supplyAsync(() -> lookUp(target.host()), OWN_THREAD));
      return new InetSocketAddress(found, target.port());
    } catch (ExecutionException e) {
      throw new SshConnectException(target, "unknown host", e.getCause());
    }
  }

  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static InetAddress lookUp(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
