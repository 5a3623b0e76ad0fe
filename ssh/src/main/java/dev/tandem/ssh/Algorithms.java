package dev.tandem.ssh;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.compression.Compression;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/**
 * What this side offers, best first. Ciphers with hardware support come first, and so do key
 * exchanges on curves. Those that resist a quantum computer are missing: the engine has them only
 * with BouncyCastle, where the one that servers have costs tens of milliseconds.
 */
final class Algorithms {

  private Algorithms() {}

  static List<KeyExchangeFactory> keyExchanges() {
    return supported(
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhgex256,
            BuiltinDHFactories.dhg14_256)
        .map(ClientBuilder.DH2KEX)
        .toList();
  }

  static List<NamedFactory<Cipher>> ciphers() {
    return Algorithms.<NamedFactory<Cipher>>named(
        BuiltinCiphers.aes128gcm,
        BuiltinCiphers.aes256gcm,
        BuiltinCiphers.aes128ctr,
        BuiltinCiphers.aes192ctr,
        BuiltinCiphers.aes256ctr,
        BuiltinCiphers.cc20p1305_openssh);
  }

  static List<NamedFactory<Mac>> macs() {
    return Algorithms.<NamedFactory<Mac>>named(
        BuiltinMacs.hmacsha256etm,
        BuiltinMacs.hmacsha512etm,
        BuiltinMacs.hmacsha256,
        BuiltinMacs.hmacsha512);
  }

  static List<NamedFactory<Signature>> signatures() {
    return Algorithms.<NamedFactory<Signature>>named(
        BuiltinSignatures.ed25519,
        BuiltinSignatures.nistp256,
        BuiltinSignatures.nistp384,
        BuiltinSignatures.nistp521,
        BuiltinSignatures.rsaSHA512,
        BuiltinSignatures.rsaSHA256);
  }

  static List<NamedFactory<Compression>> compressions() {
    return List.of(BuiltinCompressions.none);
  }

  /** The names in {@code offered}, those that fit a key type of {@code known} before the others. */
  static String knownFirst(List<String> offered, List<String> known) {
    Predicate<String> fits = algorithm -> known.contains(keyType(algorithm));
    return Stream.concat(
            offered.stream().filter(fits), offered.stream().filter(Predicate.not(fits)))
        .collect(Collectors.joining(","));
  }

  private static String keyType(String algorithm) {
    return algorithm.startsWith("rsa-sha2-") ? KeyPairProvider.SSH_RSA : algorithm;
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <F extends NamedFactory<?>> List<F> named(F... all) {
    return supported(all).toList();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <F> Stream<F> supported(F... all) {
    return Stream.of(all)
        .filter(one -> !(one instanceof OptionalFeature feature) || feature.isSupported());
  }
}
