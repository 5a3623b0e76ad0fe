package dev.tandem.samples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tandem.TaskGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.jspecify.annotations.Nullable;

/**
 * Fake Cisco IOS devices: SSH servers with a command line, each on a loopback port of its own. They
 * belong to a group and end, sockets and all, when the group does.
 *
 * <pre>{@code
 * TaskGroup.run(group -> {
 *   IosLab lab = IosLab.start(group, LabSettings.of(50, Duration.ofSeconds(2)));
 *   HostKeys keys = HostKeys.knownHostsLines(lab.knownHosts());
 *   SshTarget first = SshTarget.of("127.0.0.1", lab.addresses().getFirst().getPort());
 *   try (var client = AsyncSshClient.builder().hostKeys(keys).build();
 *       var device =
 *           client.connect(first, lab.username(), Credentials.password(lab.password()))) {
 *     println(device.run("show running-config").check().stdout());
 *   }
 * });
 * }</pre>
 *
 * <p>Each device has a host key of its own; all take the same user and password. The delay of the
 * settings is the pause after "Building configuration...". A shell begins in user mode and wants the
 * enable secret for more; a command given with the connection runs privileged. Which devices fail
 * or hang, and in which way, follows from the seed of the settings. Usable from any thread.
 */
public final class IosLab {

  private static final String USERNAME = "admin";
  private static final int SECRET_BYTES = 12;

  private final IosServer server = new IosServer();
  private final IosMailbox mailbox = new IosMailbox();
  private final IosCounters counters = new IosCounters();
  private final IosHostKeys hostKeys = new IosHostKeys();
  private final Set<PublicKey> acceptedKeys = ConcurrentHashMap.newKeySet();
  private final String password = secret();
  private final String enableSecret = secret();
  private final List<IosDevice> devices;
  private final LabSettings settings;
  private final List<InetSocketAddress> addresses;

  private IosLab(LabSettings settings) throws IOException {
    this.settings = settings;
    List<IosFault> faults = IosFault.choose(settings);
    devices =
        IntStream.range(0, settings.count())
            .mapToObj(index -> IosDevice.of(index, faults.get(index)))
            .toList();
    configure();
    try {
      addresses = server.open(devices);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Starts the devices.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   */
  public static IosLab start(TaskGroup group, LabSettings settings) throws IOException {
    requireNonNull(group, "group");
    requireNonNull(settings, "settings");
    var lab = new IosLab(settings);
    group.own(lab.server);
    group.startDaemon("ios lab", () -> lab.serve(group));
    return lab;
  }

  /** Where the devices listen, in their order. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** The user that every device knows. */
  public String username() {
    return USERNAME;
  }

  /** The user's password, made up at start. */
  public String password() {
    return password;
  }

  /** What {@code enable} asks for, made up at start. */
  public String enableSecret() {
    return enableSecret;
  }

  /** A known_hosts file with all devices, as {@code [127.0.0.1]:port}. */
  public String knownHosts() {
    var lines = new StringBuilder();
    for (int i = 0; i < devices.size(); i++) {
      lines.append(hostKeys.knownHostsLine(devices.get(i), addresses.get(i)));
    }
    return lines.toString();
  }

  /**
   * What a device calls itself.
   *
   * @throws IndexOutOfBoundsException when there is no such device
   */
  public String hostname(int index) {
    return devices.get(index).hostname();
  }

  /** From now on the user may also log in with this key. */
  public void acceptPublicKey(PublicKey key) {
    acceptedKeys.add(requireNonNull(key, "key"));
  }

  /** How many devices were running a command at once, at most, since the last reset. */
  public int peakConcurrency() {
    return counters.peak();
  }

  /** How many devices are running a command now. */
  public int inProgress() {
    return counters.inProgress();
  }

  /** Forgets the peak. */
  public void resetCounters() {
    counters.reset();
  }

  @Override
  public String toString() {
    return "IosLab[" + devices.size() + " devices]";
  }

  IosFault fault(int index) {
    return devices.get(index).fault();
  }

  int connections() {
    return server.connections();
  }

  private void configure() {
    server.setKeyPairProvider(session -> List.of(hostKeys.of(server.deviceOf(session))));
    server.setPasswordAuthenticator(
        (user, given, session) -> mayEnter(server.deviceOf(session), user, isPassword(given)));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            mayEnter(
                server.deviceOf(session),
                user,
                acceptedKeys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key))));
    server.setShellFactory(channel -> channel(server.deviceOf(channel.getSession()), null));
    server.setCommandFactory(
        (channel, command) -> {
          IosDevice device = server.deviceOf(channel.getSession());
          if (device.fault() == IosFault.EXEC_REFUSED) {
            throw new IOException("this device runs no commands outside of a shell");
          }
          return channel(device, command);
        });
  }

  private IosChannel channel(IosDevice device, @Nullable String command) {
    var show = new IosShow(device, settings.delay(), counters);
    return new IosChannel(device, command, show, enableSecret, mailbox);
  }

  private static boolean mayEnter(IosDevice device, String user, boolean proven) {
    if (device.fault() == IosFault.LOGIN_HANGS) {
      // Answers later; which here is never.
      throw new AsyncAuthException();
    }
    return device.fault() != IosFault.LOGIN_REFUSED && USERNAME.equals(user) && proven;
  }

  private boolean isPassword(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), password.getBytes(UTF_8));
  }

  /** Gives every channel a task of its own. */
  private void serve(TaskGroup group) throws InterruptedException {
    while (true) {
      IosChannel channel = mailbox.take();
      channel.servedBy(group.startDaemon(channel.name(), channel::serve));
    }
  }

  private static String secret() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
