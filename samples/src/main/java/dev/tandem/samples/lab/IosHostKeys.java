package dev.tandem.samples.lab;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The devices' host keys, made when they are first wanted. */
final class IosHostKeys {

  private static final String TYPE = "ecdsa-sha2-nistp256";

  private final ConcurrentHashMap<Integer, KeyPair> keys = new ConcurrentHashMap<>();

  KeyPair of(IosDevice device) {
    return keys.computeIfAbsent(device.index(), _ -> generate());
  }

  /** The device's line of a known_hosts file. */
  String knownHostsLine(IosDevice device, InetSocketAddress address) {
    var blob = new ByteArrayBuffer();
    blob.putRawPublicKey(of(device).getPublic());
    return "["
        + address.getAddress().getHostAddress()
        + "]:"
        + address.getPort()
        + " "
        + TYPE
        + " "
        + Base64.getEncoder().encodeToString(blob.getCompactData())
        + "\n";
  }

  private static KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has this curve", e);
    }
  }
}
