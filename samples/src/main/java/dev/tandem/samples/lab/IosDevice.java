package dev.tandem.samples.lab;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One fake device: what it is called, what it shows, and how it fails. */
final class IosDevice {

  final String hostname;
  final IosFault fault;
  private final IosTexts texts;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; made when first asked for, so that a thousand devices start at once.
  private @Nullable KeyPair hostKey;

  IosDevice(int index, IosFault fault, long seed) {
    this.hostname = "R" + (index + 1);
    this.fault = fault;
    this.texts = new IosTexts(hostname, index, seed);
  }

  IosTexts texts() {
    return texts;
  }

  /** Its host key on the curve P-256, always the same one. */
  KeyPair hostKey() throws GeneralSecurityException {
    lock.lock();
    try {
      KeyPair key = hostKey;
      if (key == null) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
        hostKey = key;
      }
      return key;
    } finally {
      lock.unlock();
    }
  }
}
