package dev.tandem.ssh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The content of a known_hosts file, ready for look-ups. */
final class KnownHosts {

  static final KnownHosts EMPTY = new KnownHosts(Map.of(), List.of());

  private final Map<String, List<Entry>> exact;
  private final List<Entry> others;

  private KnownHosts(Map<String, List<Entry>> exact, List<Entry> others) {
    this.exact = exact;
    this.others = others;
  }

  /** Reads lines; those that are no entries are passed over, as OpenSSH does. */
  static KnownHosts parse(String text) {
    var exact = new HashMap<String, List<Entry>>();
    var others = new ArrayList<Entry>();
    text.lines()
        .map(KnownHosts::parseLine)
        .flatMap(Optional::stream)
        .forEach(
            entry -> {
              if (entry.names.isPlain()) {
                for (String name : entry.names.plain()) {
                  exact.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
                }
              } else {
                others.add(entry);
              }
            });
    return new KnownHosts(exact, others);
  }

  /** The keys known for a server. */
  List<ServerKey> keys(SshTarget target) {
    return find(target, false);
  }

  /** True when the file says so of this key and this server. */
  boolean isRevoked(SshTarget target, ServerKey key) {
    return find(target, true).contains(key);
  }

  private List<ServerKey> find(SshTarget target, boolean revoked) {
    String name = target.knownHostsName().toLowerCase(Locale.ROOT);
    var found = new ArrayList<ServerKey>();
    for (Entry entry : exact.getOrDefault(name, List.of())) {
      if (entry.revoked == revoked) {
        found.add(entry.key);
      }
    }
    for (Entry entry : others) {
      if (entry.revoked == revoked && entry.names.matches(name)) {
        found.add(entry.key);
      }
    }
    return found;
  }

  private static Optional<Entry> parseLine(String line) {
    String[] words = line.strip().split("\\s+", -1);
    boolean revoked = words[0].equals("@revoked");
    int first = revoked ? 1 : 0;
    boolean comment = words[0].startsWith("#") || (words[0].startsWith("@") && !revoked);
    if (comment || words.length < first + 3) {
      return Optional.empty();
    }
    var key = new ServerKey(words[first + 1], words[first + 2]);
    return HostNames.parse(words[first]).map(names -> new Entry(names, key, revoked));
  }

  private record Entry(HostNames names, ServerKey key, boolean revoked) {}
}
