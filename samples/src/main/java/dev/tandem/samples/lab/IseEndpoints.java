package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The endpoints of one node. Those that are there from the start follow from the seed and are made
 * anew whenever they are asked for; only what clients changed takes memory.
 */
final class IseEndpoints {

  /** How many there are at the start; with pages of 100, the last one is not full. */
  static final int INITIAL = 253;

  /** One endpoint, as much of it as this fake knows. */
  record Endpoint(String id, String mac, String description, String groupId, boolean staticGroup) {}

  private final long nodeSeed;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<String, Endpoint> changed = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private int created;

  IseEndpoints(long seed, int node) {
    nodeSeed = new SplittableRandom(seed * 31 + node).nextLong();
  }

  /** All of them: those from the start first, then in the order in which they were created. */
  List<Endpoint> all() {
    lock.lock();
    try {
      var all = new ArrayList<Endpoint>(INITIAL + created);
      var ids = new HashSet<String>();
      for (int i = 0; i < INITIAL; i++) {
        Endpoint first = initial(i);
        ids.add(first.id());
        if (!deleted.contains(first.id())) {
          all.add(changed.getOrDefault(first.id(), first));
        }
      }
      changed.values().stream().filter(e -> !ids.contains(e.id())).forEach(all::add);
      return all;
    } finally {
      lock.unlock();
    }
  }

  Optional<Endpoint> find(String id) {
    return all().stream().filter(e -> e.id().equals(id)).findFirst();
  }

  /** Adds one under a new id; empty when there is one of that address already. */
  Optional<Endpoint> create(String mac, String description, String groupId, boolean staticGroup) {
    lock.lock();
    try {
      if (all().stream().anyMatch(e -> e.mac().equals(mac))) {
        return Optional.empty();
      }
      Endpoint added =
          new Endpoint(id(INITIAL + created++), mac, description, groupId, staticGroup);
      changed.put(added.id(), added);
      return Optional.of(added);
    } finally {
      lock.unlock();
    }
  }

  /** Puts one in the place of that with its id. */
  void replace(Endpoint endpoint) {
    lock.lock();
    try {
      changed.put(endpoint.id(), endpoint);
    } finally {
      lock.unlock();
    }
  }

  /** Removes one; false when there is none of that id. */
  boolean delete(String id) {
    lock.lock();
    try {
      if (find(id).isEmpty()) {
        return false;
      }
      changed.remove(id);
      deleted.add(id);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Endpoint initial(int index) {
    var random = new SplittableRandom(nodeSeed + index);
    long tail = random.nextLong();
    // The index in the last byte keeps the addresses of a node apart.
    String mac =
        String.format(
            Locale.ROOT,
            "00:23:%02X:%02X:%02X:%02X",
            (tail >> 8) & 0xff,
            (tail >> 16) & 0xff,
            (tail >> 24) & 0xff,
            index);
    String groupId = IseGroups.ALL.get(random.nextInt(IseGroups.ALL.size())).id();
    return new Endpoint(id(index), mac, "lab endpoint " + index, groupId, false);
  }

  private String id(int index) {
    // An odd factor: different indices give different beginnings.
    long high = (nodeSeed & 0xffffffffL) | ((index * 0x9E3779B1L) << 32);
    long version1 = (high & ~0xf000L) | 0x1000L;
    long variant = (nodeSeed & ~(3L << 62)) | (2L << 62);
    return new UUID(version1, variant).toString();
  }
}
