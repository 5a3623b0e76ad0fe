package dev.tandem.ssh;

/** Believes everybody. */
final class AnyHostKeys extends HostKeys {

  static final AnyHostKeys INSTANCE = new AnyHostKeys();

  private AnyHostKeys() {}

  @Override
  void check(SshTarget target, ServerKey key) {}

  @Override
  public String toString() {
    return "HostKeys[accept all]";
  }
}
