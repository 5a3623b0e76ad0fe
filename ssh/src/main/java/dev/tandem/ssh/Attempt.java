package dev.tandem.ssh;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one connection while it comes about: the bridge between the engine's threads,
 * which tell, and the caller's, which waits.
 */
final class Attempt {

  static final AttributeKey<Attempt> KEY = new AttributeKey<>();

  final SshTarget target;
  final HostKeys hostKeys;
  final Duration keepAlive;

  /** Completes when the server has said who it is. */
  final CompletableFuture<@Nullable Void> answered = new CompletableFuture<>();

  /** Completes when keys are agreed and the server's own was accepted. */
  final CompletableFuture<@Nullable Void> agreed = new CompletableFuture<>();

  // Volatile: written by the engine's threads, read by the caller's.
  private volatile @Nullable SshException verdict;
  private volatile @Nullable ServerKey serverKey;
  private volatile @Nullable EngineSession session;
  private volatile boolean abandoned;

  Attempt(SshTarget target, HostKeys hostKeys, Duration keepAlive) {
    this.target = target;
    this.hostKeys = hostKeys;
    this.keepAlive = keepAlive;
  }

  /** Told of the session as soon as there is one. */
  void born(EngineSession session) {
    this.session = session;
  }

  /** True when there was a session, so the TCP connection stood. */
  boolean isBorn() {
    return session != null;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** The caller has gone: closes the session, whether it is there or still to come. */
  void abandon() {
    abandoned = true;
    EngineSession known = session;
    if (known != null) {
      known.closeNow();
    }
  }

  /** Judges the server's key; false ends the handshake. */
  boolean accepts(ServerKey key) {
    try {
      hostKeys.check(target, key);
      serverKey = key;
      return true;
    } catch (SshException e) {
      decide(e);
      return false;
    }
  }

  /** The first verdict is the reason of whatever fails afterwards. */
  void decide(SshException reason) {
    if (verdict == null) {
      verdict = reason;
    }
  }

  /** The session failed or ended. */
  void ended(Throwable reason) {
    answered.completeExceptionally(reason);
    agreed.completeExceptionally(reason);
  }

  Optional<SshException> verdict() {
    return Optional.ofNullable(verdict);
  }

  Optional<ServerKey> serverKey() {
    return Optional.ofNullable(serverKey);
  }
}
