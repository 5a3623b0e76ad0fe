package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tandem.Tandem;
import dev.tandem.TaskGroup;
import dev.tandem.interop.Futures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Fake Cisco IOS devices: SSH servers with the command line of a router, each on a loopback port
 * and with a host key of its own. They live in background tasks of a group and end, sockets,
 * threads and all, when the group's work is done.
 *
 * <pre>{@code
 * TaskGroup.run(group -> {
 *   IosLab lab = IosLab.start(group, LabSettings.of(50, Duration.ofSeconds(2)));
 *   try (var client = AsyncSshClient.builder()
 *       .hostKeys(HostKeys.knownHostsLines(lab.knownHosts()))
 *       .build()) {
 *     int port = lab.addresses().getFirst().getPort();
 *     try (var router = client.connect(
 *         "127.0.0.1", port, lab.username(), Credentials.password(lab.password()))) {
 *       String configuration = router.run("show running-config").check().stdout();
 *     }
 *   }
 * });
 * }</pre>
 *
 * <p>A command on a channel of its own gives its output and ends. A shell begins at {@code R1>};
 * {@code enable} leads to {@code R1#}, where the configuration may be seen. All devices share one
 * user and its passwords, which are made at the start. Each show command takes the delay of the
 * settings; which devices fail or hang, and in which way, follows from their seed. Usable from any
 * thread.
 */
public final class IosLab {

  private static final String USERNAME = "admin";
  private static final int PASSWORD_BYTES = 12;

  /** Closing sockets takes no time; this is for a machine that has none to spare. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final List<IosDevice> devices;
  private final Duration delay;
  private final String password;
  private final String enableSecret;
  private final List<PublicKey> keys = new CopyOnWriteArrayList<>();
  private final LabCounters counters;

  /** What the server's threads have accepted and no task serves yet. */
  private final LinkedBlockingQueue<IosChannel> accepted = new LinkedBlockingQueue<>();

  /** Done once somebody is there to close the server. */
  private final CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();

  private final IosServer server;
  private final List<InetSocketAddress> addresses;

  private IosLab(LabSettings settings, LabCounters counters) throws IOException {
    this.counters = counters;
    List<IosFault> faults = IosFault.choose(settings);
    var made = new ArrayList<IosDevice>(settings.count());
    for (int i = 0; i < settings.count(); i++) {
      made.add(new IosDevice(i, faults.get(i), settings.seed()));
    }
    devices = List.copyOf(made);
    delay = settings.delay();
    var random = new SecureRandom();
    password = secret(random);
    enableSecret = secret(random);
    server = new IosServer();
    server.setPasswordAuthenticator(
        (user, given, session) -> mayLogIn(user, session) && isPassword(given));
    server.setPublickeyAuthenticator(
        (user, key, session) -> mayLogIn(user, session) && isAccepted(key));
    server.setCommandFactory((channel, line) -> channel(channel.getServerSession(), line));
    server.setShellFactory(channel -> channel(channel.getServerSession(), null));
    addresses = open();
  }

  /**
   * Starts the devices, with a user name of the lab's and random passwords.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   * @throws InterruptedException when cancelled or interrupted
   */
  public static IosLab start(TaskGroup group, LabSettings settings)
      throws IOException, InterruptedException {
    return start(group, settings, new LabCounters());
  }

  /**
   * Starts the devices, whose requests count in {@code together} too.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   * @throws InterruptedException when cancelled or interrupted
   */
  public static IosLab start(TaskGroup group, LabSettings settings, LabCounters together)
      throws IOException, InterruptedException {
    requireNonNull(group, "group");
    requireNonNull(settings, "settings");
    requireNonNull(together, "together");
    var lab = new IosLab(settings, new LabCounters(together));
    try {
      group.startDaemon("ios-lab", () -> lab.serve(group));
      // A task that is cancelled before it runs does not run at all, and would close nothing.
      Futures.await(lab.taken.copy());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the lab's task cannot begin", e);
    } finally {
      if (lab.taken.complete(null)) {
        lab.server.abandon();
      }
    }
    return lab;
  }

  /** Where the devices listen, in their order. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** What a device calls itself in its prompt. */
  public String hostname(int index) {
    return devices.get(index).hostname;
  }

  /** The user that all devices know. */
  public String username() {
    return USERNAME;
  }

  /** That user's password. */
  public String password() {
    return password;
  }

  /** What {@code enable} asks for. */
  public String enableSecret() {
    return enableSecret;
  }

  /** Lets the user in with this key, too. */
  public void acceptKey(PublicKey key) {
    keys.add(requireNonNull(key, "key"));
  }

  /** The text of a known_hosts file with all devices. */
  public String knownHosts() {
    var text = new StringBuilder();
    for (int i = 0; i < devices.size(); i++) {
      try {
        String key = PublicKeyEntry.toString(devices.get(i).hostKey().getPublic());
        text.append("[127.0.0.1]:").append(addresses.get(i).getPort()).append(' ');
        text.append(key).append('\n');
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java makes no keys on the curve P-256", e);
      }
    }
    return text.toString();
  }

  /** True when a device does as it should. */
  public boolean isSound(int index) {
    return devices.get(index).fault == IosFault.NONE;
  }

  /** True when a device leaves its clients waiting. */
  public boolean isHanging(int index) {
    return devices.get(index).fault.isHang();
  }

  /**
   * How many show commands were worked on at once at most: each from its arrival to the moment its
   * output is about to be written, or, where a device hangs, to the client's going away.
   */
  public int peakConcurrency() {
    return counters.peak();
  }

  /** How many show commands are being worked on. */
  public int inProgress() {
    return counters.inProgress();
  }

  /** Counts the most at once anew, from those in progress. */
  public void resetCounters() {
    counters.reset();
  }

  /** How many devices there are; no credentials. */
  @Override
  public String toString() {
    return "IosLab[" + devices.size() + " devices, " + inProgress() + " commands in progress]";
  }

  IosFault fault(int index) {
    return devices.get(index).fault;
  }

  private List<InetSocketAddress> open() throws IOException {
    try {
      return server.open(devices);
    } catch (IOException | RuntimeException noPort) {
      server.abandon();
      throw new IOException(
          "the ports of " + devices.size() + " devices could not be opened: " + noPort.getMessage(),
          noPort);
    }
  }

  /** Starts a task for each channel that the server has accepted, until the group ends. */
  private void serve(TaskGroup group) throws InterruptedException {
    if (!taken.complete(null)) {
      return;
    }
    int number = 0;
    try {
      while (true) {
        IosChannel channel = accepted.take();
        group.startDaemon("ios channel " + ++number, channel::serve);
      }
    } finally {
      // What is still in the queue has no task; its connection ends here like all others.
      Tandem.shield(CLOSE_LIMIT, this::close);
    }
  }

  private void close() throws InterruptedException {
    boolean ended;
    try {
      Futures.await(server.shutDown());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the lab's SSH server cannot be closed", e);
    } finally {
      ended = server.endThreads(CLOSE_LIMIT);
    }
    if (!ended) {
      throw new IllegalStateException("the threads of the lab's SSH server do not end");
    }
  }

  private IosChannel channel(ServerSession session, @Nullable String line) throws IOException {
    var connection = (IosSession) session;
    if (connection.device().fault == IosFault.CHANNEL_REFUSED) {
      throw new IOException("refused, as it should be");
    }
    return new IosChannel(connection, line, enableSecret, delay, counters, accepted);
  }

  private static boolean mayLogIn(String user, ServerSession session) {
    return user.equals(USERNAME) && ((IosSession) session).device().fault != IosFault.LOGIN_REFUSED;
  }

  private boolean isPassword(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), password.getBytes(UTF_8));
  }

  private boolean isAccepted(PublicKey key) {
    return keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
  }

  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
