/** An SSH client whose sessions are cancelled with their scope. */
@org.jspecify.annotations.NullMarked
module dev.tandem.ssh {
  requires static org.jspecify;
  requires transitive dev.tandem.core;
  requires org.apache.sshd.osgi;

  exports dev.tandem.ssh;
}
