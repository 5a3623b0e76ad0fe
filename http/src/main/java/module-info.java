/** An HTTP client whose calls are cancelled with their scope. */
@org.jspecify.annotations.NullMarked
module dev.tandem.http {
  requires static org.jspecify;
  requires transitive dev.tandem.core;

  exports dev.tandem.http;
}
