package dev.tandem.samples.lab;

import static java.util.Objects.requireNonNull;

import dev.tandem.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Fake Cisco ISE nodes: HTTPS servers that speak the ERS API, each on a loopback port of its own.
 * They are background tasks of a group and end, sockets and all, when the group's work is done.
 *
 * <pre>{@code
 * TaskGroup.run(group -> {
 *   IseLab lab = IseLab.start(group, LabSettings.of(50, Duration.ofSeconds(2)));
 *   try (var client = AsyncHttpClient.builder()
 *       .verifyTls(false)
 *       .basicAuth(lab.username(), lab.password())
 *       .header("Accept", "application/json")
 *       .build()) {
 *     client.get(lab.baseUrl(0) + "/ers/config/deploymentinfo/getAllInfo").raiseForStatus();
 *   }
 * });
 * }</pre>
 *
 * <p>All nodes share one self-signed certificate, one user and one password. Which nodes fail or
 * hang, and in which way, follows from the seed of the settings. Usable from any thread.
 */
public final class IseLab {

  private static final String USERNAME = "ersadmin";
  private static final int BACKLOG = 256;
  private static final int PASSWORD_BYTES = 12;

  private final List<InetSocketAddress> addresses;
  private final List<IseFault> faults;
  private final String username;
  private final String password;
  private final X509Certificate certificate;
  private final LabCounters counters;

  private IseLab(
      List<InetSocketAddress> addresses,
      List<IseFault> faults,
      String username,
      String password,
      X509Certificate certificate,
      LabCounters counters) {
    this.addresses = addresses;
    this.faults = faults;
    this.username = username;
    this.password = password;
    this.certificate = certificate;
    this.counters = counters;
  }

  /**
   * Starts the nodes, with a user name of the lab's and a random password.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   */
  public static IseLab start(TaskGroup group, LabSettings settings) throws IOException {
    return start(group, settings, new LabCounters());
  }

  /**
   * Starts the nodes, whose requests count in {@code together} too.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   */
  public static IseLab start(TaskGroup group, LabSettings settings, LabCounters together)
      throws IOException {
    requireNonNull(together, "together");
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return start(group, settings, USERNAME, HexFormat.of().formatHex(random), together);
  }

  /**
   * Starts the nodes, which take this user name and password.
   *
   * @throws IOException when a port cannot be opened; then none stays open
   */
  public static IseLab start(
      TaskGroup group, LabSettings settings, String username, String password) throws IOException {
    return start(group, settings, username, password, new LabCounters());
  }

  private static IseLab start(
      TaskGroup group, LabSettings settings, String username, String password, LabCounters together)
      throws IOException {
    requireNonNull(group, "group");
    requireNonNull(settings, "settings");
    requireNonNull(username, "username");
    requireNonNull(password, "password");
    IseCertificate certificate = IseCertificate.make();
    var counters = new LabCounters(together);
    List<IseFault> faults = IseFault.choose(settings);
    List<ServerSocket> listeners = open(group, settings.count());
    var addresses = new ArrayList<InetSocketAddress>(listeners.size());
    for (int i = 0; i < listeners.size(); i++) {
      ServerSocket listener = listeners.get(i);
      String name = "ise-" + i;
      var api =
          new IseApi(
              name,
              url(listener.getLocalPort()),
              username,
              password,
              new IseEndpoints(settings.seed(), i));
      var node =
          new IseNode(
              name,
              listener,
              certificate.context(),
              faults.get(i),
              settings.delay(),
              api,
              counters);
      group.startDaemon(name, () -> node.serve(group));
      addresses.add((InetSocketAddress) listener.getLocalSocketAddress());
    }
    return new IseLab(
        List.copyOf(addresses), faults, username, password, certificate.certificate(), counters);
  }

  /** Where the nodes listen, in their order. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** Where a node is, without a slash at the end: {@code https://127.0.0.1:40001}. */
  public String baseUrl(int index) {
    return url(addresses.get(index).getPort());
  }

  /** The user that all nodes know. */
  public String username() {
    return username;
  }

  /** That user's password. */
  public String password() {
    return password;
  }

  /** The certificate of all nodes, for those who want to trust it. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** True when a node does as it should. */
  public boolean isSound(int index) {
    return faults.get(index) == IseFault.NONE;
  }

  /** True when a node leaves its clients waiting. */
  public boolean isHanging(int index) {
    return faults.get(index).isHang();
  }

  /**
   * How many requests were worked on at once at most: each from the head read to the moment its
   * reply is about to be written, or, where a node hangs, to the client's going away.
   */
  public int peakConcurrency() {
    return counters.peak();
  }

  /** How many requests are being worked on. */
  public int inProgress() {
    return counters.inProgress();
  }

  /** How many requests there have been. */
  public long requests() {
    return counters.requests();
  }

  /** Counts requests anew, and the most at once from those in progress. */
  public void resetCounters() {
    counters.reset();
  }

  /** How many nodes there are; no credentials. */
  @Override
  public String toString() {
    return "IseLab[" + addresses.size() + " nodes, " + requests() + " requests]";
  }

  IseFault fault(int index) {
    return faults.get(index);
  }

  private static String url(int port) {
    return "https://127.0.0.1:" + port;
  }

  /** The group owns the listeners: they are closed with it, be their tasks started or not. */
  private static List<ServerSocket> open(TaskGroup group, int count) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    var listeners = new ArrayList<ServerSocket>(count);
    try {
      for (int i = 0; i < count; i++) {
        listeners.add(group.own(new ServerSocket(0, BACKLOG, loopback)));
      }
      return listeners;
    } catch (IOException noPort) {
      for (ServerSocket listener : listeners) {
        listener.close();
      }
      throw new IOException(
          "only "
              + listeners.size()
              + " of "
              + count
              + " ports could be opened: "
              + noPort.getMessage(),
          noPort);
    }
  }
}
