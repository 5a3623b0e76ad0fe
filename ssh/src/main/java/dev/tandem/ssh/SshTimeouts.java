package dev.tandem.ssh;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How long each phase of a connection may take. Waiting for a turn to exchange keys counts towards
 * none of them.
 *
 * @param connect finding the address and opening the TCP connection
 * @param identification from then to the server saying who it is
 * @param keyExchange agreeing on keys
 * @param authentication logging in
 * @param command each command, start to end; empty for no limit
 */
public record SshTimeouts(
    Duration connect,
    Duration identification,
    Duration keyExchange,
    Duration authentication,
    Optional<Duration> command) {

  /** Checks that each is longer than zero. */
  public SshTimeouts {
    positive(connect, "connect");
    positive(identification, "identification");
    positive(keyExchange, "keyExchange");
    positive(authentication, "authentication");
    requireNonNull(command, "command").ifPresent(limit -> positive(limit, "command"));
  }

  /**
   * What a client uses unless told otherwise: 10 s to connect, 15 s each for identification, key
   * exchange and authentication, no limit for commands.
   */
  public static SshTimeouts defaults() {
    return new SshTimeouts(
        Defaults.CONNECT_TIMEOUT,
        Defaults.IDENTIFICATION_TIMEOUT,
        Defaults.KEY_EXCHANGE_TIMEOUT,
        Defaults.AUTHENTICATION_TIMEOUT,
        Optional.empty());
  }

  /** These, with another limit for connecting. */
  public SshTimeouts withConnect(Duration limit) {
    return new SshTimeouts(limit, identification, keyExchange, authentication, command);
  }

  /** These, with another limit for the server's identification. */
  public SshTimeouts withIdentification(Duration limit) {
    return new SshTimeouts(connect, limit, keyExchange, authentication, command);
  }

  /** These, with another limit for the key exchange. */
  public SshTimeouts withKeyExchange(Duration limit) {
    return new SshTimeouts(connect, identification, limit, authentication, command);
  }

  /** These, with another limit for logging in. */
  public SshTimeouts withAuthentication(Duration limit) {
    return new SshTimeouts(connect, identification, keyExchange, limit, command);
  }

  /** These, with a limit for each command. */
  public SshTimeouts withCommand(Duration limit) {
    return new SshTimeouts(
        connect, identification, keyExchange, authentication, Optional.of(limit));
  }

  static Duration positive(Duration duration, String name) {
    requireNonNull(duration, name);
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(
          name + " must be longer than zero, but was " + duration + "; pass a positive Duration");
    }
    return duration;
  }
}
