package dev.tandem.ssh;

import dev.tandem.interop.Futures;
import dev.tandem.sync.AsyncSemaphore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.sshd.client.future.ConnectFuture;
import org.jspecify.annotations.Nullable;

/** Opens a connection, phase by phase. Whatever happens, nothing of a failed attempt remains. */
final class Connecting {

  private static final String HUNG_UP = "the server hung up before it said who it is";

  private final Engine engine;
  private final AsyncSemaphore handshakes;
  private final SshTimeouts timeouts;
  private final Attempt attempt;
  private final SshTarget target;

  Connecting(
      Engine engine,
      AsyncSemaphore handshakes,
      Limits limits,
      SshTarget target,
      HostKeys hostKeys) {
    this.engine = engine;
    this.handshakes = handshakes;
    this.timeouts = limits.timeouts();
    this.target = target;
    this.attempt = new Attempt(target, hostKeys, limits.keepAlive());
  }

  /** A session that is logged in. */
  EngineSession run(String user, Credentials credentials)
      throws SshException, InterruptedException {
    boolean connected = false;
    try {
      attempt.hostKeys.load(target);
      EngineSession session =
          Phases.limit(target, SshPhase.CONNECT, timeouts.connect(), () -> tcp(user));
      Phases.limit(
          target,
          SshPhase.IDENTIFICATION,
          timeouts.identification(),
          () -> await(attempt.answered, HUNG_UP));
      exchangeKeys(session);
      Phases.limit(
          target,
          SshPhase.AUTHENTICATION,
          timeouts.authentication(),
          () -> {
            Login.run(session, target, user, credentials);
            return session;
          });
      connected = true;
      return session;
    } finally {
      if (!connected) {
        attempt.abandon();
      }
    }
  }

  private EngineSession tcp(String user) throws SshException, InterruptedException {
    InetSocketAddress address = Addresses.resolve(target);
    var arrived = new CompletableFuture<EngineSession>();
    ConnectFuture connecting;
    try {
      connecting = engine.connect(user, address, attempt);
    } catch (IOException | RuntimeException e) {
      throw new SshConnectException(target, "the connection could not be opened", e);
    }
    connecting.addListener(future -> conclude(future, arrived));
    try {
      return Futures.await(arrived);
    } catch (InterruptedException e) {
      var _ = connecting.cancel();
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = Failures.root(e);
      throw attempt.isBorn()
          ? new SshHandshakeException(target, HUNG_UP, cause)
          : new SshConnectException(target, "cannot connect: " + Failures.words(cause), cause);
    }
  }

  private static void conclude(ConnectFuture future, CompletableFuture<EngineSession> arrived) {
    if (future.isConnected()) {
      arrived.complete((EngineSession) future.getSession());
    } else {
      Throwable reason = future.getException();
      arrived.completeExceptionally(
          reason == null ? new IOException("the connection was cancelled") : reason);
    }
  }

  private void exchangeKeys(EngineSession session) throws SshException, InterruptedException {
    // The turn ends with the exchange: logging in and all that follows need little computation.
    try (var _ = handshakes.acquire()) {
      Phases.limit(
          target,
          SshPhase.KEY_EXCHANGE,
          timeouts.keyExchange(),
          () -> {
            session.proceed();
            return await(attempt.agreed, "the key exchange failed");
          });
    }
    ServerKey key = attempt.serverKey().orElse(null);
    if (key != null) {
      attempt.hostKeys.accepted(target, key);
    }
  }

  private @Nullable Void await(CompletableFuture<@Nullable Void> step, String failure)
      throws SshException, InterruptedException {
    try {
      return Futures.await(step);
    } catch (ExecutionException e) {
      Throwable cause = Failures.root(e);
      throw attempt
          .verdict()
          .orElseGet(
              () ->
                  new SshHandshakeException(target, failure + ": " + Failures.words(cause), cause));
    }
  }
}
