package dev.tandem.samples.lab;

import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.AsyncHttpClientBuilder;

/** What tests ask nodes, and with what. */
final class IseVisitor {

  /** What every node knows: itself. */
  static final String INFO = "/ers/config/deploymentinfo/getAllInfo";

  private IseVisitor() {}

  /** A client that the nodes of a lab let in. */
  static AsyncHttpClientBuilder builder(IseLab lab) {
    return AsyncHttpClient.builder()
        .verifyTls(false)
        .basicAuth(lab.username(), lab.password())
        .header("Accept", "application/json");
  }
}
