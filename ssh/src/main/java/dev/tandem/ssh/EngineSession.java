package dev.tandem.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.PropertyResolverUtils;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * The engine's session, which tells its {@link Attempt} how it fares.
 *
 * <p>It takes in what the server says only when its caller has a turn to exchange keys; until then
 * the bytes are kept. So a device that accepts and never speaks holds no turn, and the computation
 * of a fleet's handshakes stays within the limit.
 */
final class EngineSession extends ClientSessionImpl {

  private static final Pattern SSH_LINE = Pattern.compile("(?m)^SSH-[^\n]*\n");

  private final Attempt attempt;
  private final ReentrantLock gate = new ReentrantLock();

  // Guarded by the gate.
  private final ByteArrayBuffer firstWords = new ByteArrayBuffer();

  // Volatile: opened once under the gate, then read without it.
  private volatile boolean open;

  EngineSession(ClientFactoryManager manager, IoSession io, Attempt attempt) throws Exception {
    super(manager, io);
    this.attempt = attempt;
    attempt.born(this);
    if (attempt.isAbandoned()) {
      throw new SshException("nobody waits for this connection any more");
    }
  }

  @Override
  public void messageReceived(Readable bytes) throws Exception {
    if (open || !isKept(bytes)) {
      super.messageReceived(bytes);
    }
  }

  private boolean isKept(Readable bytes) throws SshException {
    gate.lock();
    try {
      if (open) {
        return false;
      }
      if (firstWords.available() + bytes.available() > Defaults.FIRST_WORDS) {
        throw new SshException("the server talks before its turn, and too much");
      }
      firstWords.putBuffer(bytes);
      if (!attempt.answered.isDone() && isIdentified()) {
        attempt.answered.complete(null);
      }
      return true;
    } finally {
      gate.unlock();
    }
  }

  /** Did the server say its whole SSH line? Others may come before it. */
  private boolean isIdentified() {
    String said =
        new String(firstWords.array(), firstWords.rpos(), firstWords.available(), ISO_8859_1);
    return SSH_LINE.matcher(said).find();
  }

  /** Goes on with the handshake, on the caller's thread. */
  void proceed() {
    gate.lock();
    try {
      super.messageReceived(firstWords);
      open = true;
    } catch (Exception e) {
      exceptionCaught(e);
    } finally {
      gate.unlock();
    }
  }

  /** Closes without politeness: the socket is closed when this returns. */
  void closeNow() {
    close(true);
  }

  /** Has the keep-alive in it; the superclass's constructor asks, before any field is set. */
  @Override
  @SuppressWarnings("NullAway") // every connection is made with a context
  public PropertyResolver getParentPropertyResolver() {
    Attempt ours = attempt;
    if (ours == null) {
      var context = (AttributeRepository) getIoSession().getAttribute(AttributeRepository.class);
      ours = context.getAttribute(Attempt.KEY);
    }
    return PropertyResolverUtils.toPropertyResolver(
        Map.of(CoreModuleProperties.HEARTBEAT_INTERVAL.getName(), ours.keepAlive.toMillis()),
        getFactoryManager());
  }

  /** Makes a channel part of the session. */
  void register(ExecChannel channel) throws IOException {
    getConnectionService().registerChannel(channel);
  }

  @Override
  protected String resolveAvailableSignaturesProposal(FactoryManager manager) {
    return Algorithms.knownFirst(
        NamedResource.getNameList(getSignatureFactories()),
        attempt.hostKeys.knownTypes(attempt.target));
  }

  /** Judges the server's key; the verifier of the engine. */
  boolean accepts(PublicKey key) {
    var blob = new ByteArrayBuffer();
    blob.putRawPublicKey(key);
    return attempt.accepts(ServerKey.of(KeyUtils.getKeyType(key), blob.getCompactData()));
  }

  @Override
  protected void signalNegotiationEnd(
      Map<KexProposalOption, String> client,
      Map<KexProposalOption, String> server,
      Map<KexProposalOption, String> agreed,
      Throwable reason) {
    if (reason != null) {
      Negotiation.explain(attempt.target, client, server, reason).ifPresent(attempt::decide);
    }
    super.signalNegotiationEnd(client, server, agreed, reason);
  }

  @Override
  protected void signalSessionEvent(SessionListener.Event event) throws Exception {
    super.signalSessionEvent(event);
    if (event == SessionListener.Event.KeyEstablished) {
      attempt.agreed.complete(null);
    }
  }

  @Override
  protected void handleDisconnect(int code, String message, String language, Buffer buffer)
      throws Exception {
    attempt.ended(new SshException(code, message));
    super.handleDisconnect(code, message, language, buffer);
  }

  @Override
  public void exceptionCaught(Throwable failure) {
    attempt.ended(failure);
    super.exceptionCaught(failure);
  }

  @Override
  protected void preClose() {
    // The constructor of the superclass may fail, and close, before there is an attempt.
    if (attempt != null) {
      attempt.ended(new SshException("the server closed the connection"));
    }
    super.preClose();
  }
}
