package dev.tandem.ssh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server accepted none of the credentials. */
public final class SshAuthenticationException extends SshException {

  private static final long serialVersionUID = 1L;

  private final List<String> tried;
  private final List<String> serverMethods;

  SshAuthenticationException(
      SshTarget target,
      String user,
      List<String> tried,
      List<String> serverMethods,
      @Nullable Throwable cause) {
    super(
        target,
        "login refused for user '"
            + user
            + "'; tried "
            + (tried.isEmpty()
                ? "nothing, for the server takes none of it"
                : String.join(", ", tried))
            + (serverMethods.isEmpty() ? "" : "; it takes " + String.join(", ", serverMethods))
            + ". Check user and credentials",
        cause);
    this.tried = List.copyOf(tried);
    this.serverMethods = List.copyOf(serverMethods);
  }

  /** The methods that were tried, in order, such as {@code password}. */
  public List<String> tried() {
    return tried;
  }

  /** The methods the server named; empty when it named none. */
  public List<String> serverMethods() {
    return serverMethods;
  }
}
