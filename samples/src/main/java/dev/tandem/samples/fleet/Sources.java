package dev.tandem.samples.fleet;

import static java.util.Objects.requireNonNull;

import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.AsyncHttpClientBuilder;
import dev.tandem.samples.fleet.Inventory.Group;
import dev.tandem.samples.fleet.Inventory.Host;
import dev.tandem.samples.lab.IosLab;
import dev.tandem.samples.lab.IseLab;
import dev.tandem.ssh.AsyncSshClient;
import dev.tandem.ssh.Credentials;
import dev.tandem.ssh.HostKeys;
import dev.tandem.ssh.SshTarget;
import dev.tandem.sync.AsyncSemaphore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Where targets come from, the lab or an inventory, and the clients that reach them. */
final class Sources implements AutoCloseable {

  private final Duration timeout;
  private final int size;
  private final Deque<Runnable> clients = new ConcurrentLinkedDeque<>();

  /**
   * No clients yet.
   *
   * @param timeout of each target; no client gives up before it
   * @param size how many targets there may be at once
   */
  Sources(Duration timeout, int size) {
    this.timeout = timeout;
    this.size = size;
  }

  /** The ISE nodes of a lab, which are known by the certificate they share. */
  List<Target> nodes(IseLab lab) {
    AsyncHttpClient client =
        client(http(lab.username(), lab.password()).sslContext(Trust.in(lab.certificate())));
    var targets = new ArrayList<Target>();
    int count = lab.addresses().size();
    for (int i = 0; i < count; i++) {
      targets.add(
          new Target(
              numbered("ise", i, count), Transport.HTTP, new IseVisit(client, lab.baseUrl(i))));
    }
    return targets;
  }

  /** The IOS devices of a lab, which are known by their host keys. */
  List<Target> devices(IosLab lab) {
    AsyncSshClient client = ssh(HostKeys.knownHostsLines(lab.knownHosts()));
    Credentials credentials = Credentials.password(lab.password());
    var targets = new ArrayList<Target>();
    int count = lab.addresses().size();
    for (int i = 0; i < count; i++) {
      InetSocketAddress address = lab.addresses().get(i);
      SshTarget target = SshTarget.of(address.getHostString(), address.getPort());
      targets.add(
          new Target(
              numbered("ios", i, count),
              Transport.SSH,
              new IosVisit(client, target, lab.username(), credentials)));
    }
    return targets;
  }

  /** The hosts of an inventory, in its order. */
  List<Target> hosts(Inventory inventory) throws IOException {
    Map<String, AsyncHttpClient> https = new HashMap<>();
    Map<String, AsyncSshClient> sshs = new HashMap<>();
    Map<String, AsyncSemaphore> limits = new HashMap<>();
    Map<String, Credentials> credentials = new HashMap<>();
    for (Group group : inventory.groups().values()) {
      group.limit().ifPresent(limit -> limits.put(group.name(), AsyncSemaphore.of(limit)));
      if (group.transport() == Transport.SSH) {
        credentials.put(group.name(), login(group));
      }
    }
    var targets = new ArrayList<Target>();
    for (Host host : inventory.hosts()) {
      Group group = host.group();
      Target.Visit visit;
      if (group.transport() == Transport.HTTP) {
        AsyncHttpClient client =
            https.computeIfAbsent(
                group.name(),
                name ->
                    client(http(group.username(), password(group)).verifyTls(group.verifyTls())));
        visit = new IseVisit(client, "https://" + bracketed(host.address()) + ":" + host.port());
      } else {
        String policy = group.name() + host.hostKey().orElse("");
        AsyncSshClient client =
            sshs.computeIfAbsent(policy, name -> ssh(hostKeys(group, host.hostKey())));
        visit =
            new IosVisit(
                client,
                SshTarget.of(host.address(), host.port()),
                group.username(),
                requireNonNull(credentials.get(group.name())));
      }
      AsyncSemaphore limit = limits.get(group.name());
      targets.add(
          new Target(
              host.name(), group.transport(), limit == null ? visit : limited(limit, visit)));
    }
    return targets;
  }

  /** Closes the clients, the last one first. */
  @Override
  public void close() {
    while (!clients.isEmpty()) {
      clients.pop().run();
    }
  }

  private AsyncHttpClientBuilder http(String username, String password) {
    return AsyncHttpClient.builder()
        .basicAuth(username, password)
        .header("Accept", "application/json")
        .connectTimeout(timeout)
        .poolTimeout(timeout)
        .readTimeout(timeout)
        .noTotalTimeout()
        .maxConnections(size);
  }

  private AsyncHttpClient client(AsyncHttpClientBuilder builder) {
    AsyncHttpClient client = builder.build();
    clients.push(client::close);
    return client;
  }

  private AsyncSshClient ssh(HostKeys hostKeys) {
    AsyncSshClient client = AsyncSshClient.builder().hostKeys(hostKeys).build();
    clients.push(client::close);
    return client;
  }

  private static Target.Visit limited(AsyncSemaphore limit, Target.Visit visit) {
    return () -> {
      try (var _ = limit.acquire()) {
        return visit.ask();
      }
    };
  }

  private static Credentials login(Group group) throws IOException {
    Optional<Path> key = group.key();
    if (key.isEmpty()) {
      return Credentials.password(password(group));
    }
    return group.password().isEmpty()
        ? Credentials.keyFile(key.get())
        : Credentials.keyFile(key.get(), password(group).toCharArray());
  }

  private static String password(Group group) {
    return group.password().orElseThrow().read();
  }

  private static HostKeys hostKeys(Group group, Optional<String> fingerprint) {
    Path file =
        group.knownHosts().orElse(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"));
    return switch (group.hostKeys()) {
      case KNOWN_HOSTS ->
          fingerprint.isPresent() ? HostKeys.pinned(fingerprint.get()) : HostKeys.knownHosts(file);
      case PINNED -> HostKeys.pinned(fingerprint.orElseThrow());
      case TRUST_ON_FIRST_USE -> HostKeys.trustOnFirstUse(file);
      case INSECURE -> HostKeys.insecureAcceptAll();
    };
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String numbered(String name, int index, int count) {
    int width = Math.max(2, Integer.toString(count).length());
    return String.format(Locale.ROOT, "%s-%0" + width + "d", name, index + 1);
  }
}
