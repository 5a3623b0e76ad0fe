package dev.tandem.samples.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The machines of a fleet, as a file describes them.
 *
 * @param groups by name
 * @param hosts in the order of the file
 */
record Inventory(Map<String, Group> groups, List<Host> hosts) {

  /**
   * What the hosts of a group have in common.
   *
   * @param transport how they are reached
   * @param port on which they listen
   * @param username who logs in
   * @param password where the password is
   * @param key a private key to log in with instead; SSH only
   * @param limit how many of the group at once, if limited
   * @param verifyTls whether the certificate is checked; HTTP only
   * @param hostKeys how the host key is checked; SSH only
   * @param knownHosts the file for that, if the policy needs one
   */
  record Group(
      String name,
      Transport transport,
      int port,
      String username,
      Optional<Secret> password,
      Optional<Path> key,
      OptionalInt limit,
      boolean verifyTls,
      HostKeyPolicy hostKeys,
      Optional<Path> knownHosts) {}

  /**
   * One machine.
   *
   * @param name in reports and file names
   * @param address where it is
   * @param port where it listens
   * @param hostKey the fingerprint of its host key, if it is pinned
   */
  record Host(String name, Group group, String address, int port, Optional<String> hostKey) {}

  /** How the host key of a device is checked. */
  enum HostKeyPolicy {
    KNOWN_HOSTS,
    PINNED,
    TRUST_ON_FIRST_USE,
    INSECURE
  }

  /** A secret in an environment variable; the value is read when it is needed, and never shown. */
  record Secret(String variable) {

    String read() {
      return Optional.ofNullable(System.getenv(variable))
          .orElseThrow(() -> new IllegalStateException(variable + " is not set"));
    }
  }
}
