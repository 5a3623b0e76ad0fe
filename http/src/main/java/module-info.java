/** An HTTP client whose calls are cancelled with their scope. */
@org.jspecify.annotations.NullMarked
module dev.tandem.http {
  requires static org.jspecify;
  requires transitive dev.tandem.core;
  requires transitive tools.jackson.databind;
  requires org.apache.httpcomponents.core5.httpcore5;

  exports dev.tandem.http;
}
