/** asyncio's building blocks with structured-concurrency guarantees, on virtual threads. */
@org.jspecify.annotations.NullMarked
module dev.tandem.core {
  requires static org.jspecify;
  requires static jdk.unsupported;

  // Only dev.tandem.interop needs these two; programs without them do not use it.
  requires static transitive com.google.common;
  requires static transitive dev.failsafe.core;

  // Only dev.tandem.testing.junit needs it, which only tests use.
  requires static transitive org.junit.jupiter.api;

  uses dev.tandem.ContextCarrier;

  exports dev.tandem;
  exports dev.tandem.sync;
  exports dev.tandem.flow;
  exports dev.tandem.io;
  exports dev.tandem.interop;
  exports dev.tandem.testing;
  exports dev.tandem.testing.junit;
  exports dev.tandem.internal to
      dev.tandem.http,
      dev.tandem.ssh;

  opens dev.tandem.testing.junit to
      org.junit.platform.commons;
}
