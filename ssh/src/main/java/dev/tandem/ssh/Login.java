package dev.tandem.ssh;

import dev.tandem.interop.Futures;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.PasswordAuthenticationReporter;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.PublicKeyAuthenticationReporter;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.jspecify.annotations.Nullable;

/** The authentication of one session: what it may use, and what happened. */
final class Login implements UserInteraction {

  private static final int NO_MORE_METHODS =
      SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE;

  private final SshTarget target;
  private final String user;
  private final Optional<String> password;

  // Written by the engine's threads, read by the caller's.
  private final List<String> tried = new CopyOnWriteArrayList<>();
  private volatile List<String> serverMethods = List.of();
  private final AtomicBoolean answered = new AtomicBoolean();

  private Login(SshTarget target, String user, Credentials credentials) {
    this.target = target;
    this.user = user;
    this.password = credentials.password();
  }

  /** Logs in. */
  static void run(EngineSession session, SshTarget target, String user, Credentials credentials)
      throws SshException, InterruptedException {
    var login = new Login(target, user, credentials);
    var done = new CompletableFuture<@Nullable Void>();
    try {
      login.prepare(session, credentials);
      session.auth().addListener(future -> conclude(future, done));
      Futures.await(done);
    } catch (ExecutionException e) {
      throw login.explain(e.getCause());
    } catch (IOException | IllegalStateException e) {
      throw login.explain(e);
    }
  }

  private void prepare(EngineSession session, Credentials credentials) {
    session.setUserInteraction(this);
    session.setPasswordAuthenticationReporter(new Passwords());
    session.setPublicKeyAuthenticationReporter(new PublicKeys());
    password.ifPresent(session::addPasswordIdentity);
    credentials.key().ifPresent(session::addPublicKeyIdentity);
    session.setUserAuthFactories(
        password.isPresent()
            ? List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE)
            : List.of(UserAuthPublicKeyFactory.INSTANCE));
  }

  private static void conclude(AuthFuture future, CompletableFuture<@Nullable Void> done) {
    if (future.isSuccess()) {
      done.complete(null);
    } else {
      Throwable reason = future.getException();
      done.completeExceptionally(
          reason == null ? new IOException("the login was cancelled") : reason);
    }
  }

  private SshException explain(@Nullable Throwable reason) {
    boolean refused =
        !serverMethods.isEmpty()
            || (reason instanceof org.apache.sshd.common.SshException coded
                && coded.getDisconnectCode() == NO_MORE_METHODS);
    return refused
        ? new SshAuthenticationException(target, user, tried, serverMethods, reason)
        : new SshConnectionLostException(
            target, "the connection was lost while logging in", reason);
  }

  private void tried(String method) {
    if (!tried.contains(method)) {
      tried.add(method);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // null is the engine's word for no answer
  public String[] interactive(
      ClientSession session,
      String name,
      String instruction,
      String language,
      String[] prompts,
      boolean[] echo) {
    tried("keyboard-interactive");
    if (prompts.length == 0) {
      return prompts;
    }
    // Only the one question everybody asks; the password is no answer to another one.
    boolean asksForPassword =
        prompts.length == 1 && !echo[0] && prompts[0].toLowerCase(Locale.ROOT).contains("password");
    return asksForPassword && password.isPresent() && answered.compareAndSet(false, true)
        ? new String[] {password.get()}
        : null;
  }

  @Override
  @SuppressWarnings("NullAway") // null is the engine's word for no new password
  public String getUpdatedPassword(ClientSession session, String prompt, String language) {
    return null;
  }

  private final class Passwords implements PasswordAuthenticationReporter {

    @Override
    public void signalAuthenticationAttempt(
        ClientSession session, String service, String old, boolean modified, String updated) {
      tried("password");
    }

    @Override
    public void signalAuthenticationFailure(
        ClientSession session,
        String service,
        String secret,
        boolean partial,
        List<String> methods) {
      serverMethods = List.copyOf(methods);
    }
  }

  private final class PublicKeys implements PublicKeyAuthenticationReporter {

    @Override
    public void signalAuthenticationAttempt(
        ClientSession session, String service, KeyPair identity, String signature) {
      tried("publickey");
    }

    @Override
    public void signalAuthenticationFailure(
        ClientSession session,
        String service,
        KeyPair identity,
        boolean partial,
        List<String> methods) {
      serverMethods = List.copyOf(methods);
    }
  }
}
