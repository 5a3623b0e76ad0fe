package dev.tandem.ssh;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Who computes. Everything the engine needs the Java runtime has by now, so BouncyCastle, which the
 * engine would take on sight and which costs a second at start, is left alone; and the runtime's
 * Ed25519, which the engine does not know of, is introduced to it.
 */
final class Providers {

  private static final boolean PREPARED = introduce();

  private Providers() {}

  /** To be called before anything of the engine is. */
  static void prepare() {
    if (!PREPARED) {
      throw new IllegalStateException("the runtime's Ed25519 could not be used");
    }
  }

  private static boolean introduce() {
    SecurityUtils.setAPrioriDisabledProvider(SecurityUtils.BOUNCY_CASTLE, true);
    return SecurityUtils.registerSecurityProvider(new Curves()) != null;
  }

  /** The runtime's provider of elliptic curves; it is asked for Ed25519 only. */
  private static final class Curves extends AbstractSecurityProviderRegistrar {

    private static final String PROVIDER = "SunEC";

    Curves() {
      super(PROVIDER);
    }

    @Override
    public boolean isSupported() {
      return Security.getProvider(PROVIDER) != null;
    }

    @Override
    public Provider getSecurityProvider() {
      return Security.getProvider(PROVIDER);
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(new RuntimeEd25519());
    }
  }
}
