package dev.tandem.samples.fleet;

import dev.tandem.http.AsyncHttpClient;
import dev.tandem.http.Response;
import java.io.IOException;

/** Checks one ISE node: asks what is deployed there, which only a live node can tell. */
record IseVisit(AsyncHttpClient client, String baseUrl) implements Target.Visit {

  private static final String INFO = "/ers/config/deploymentinfo/getAllInfo";

  @Override
  public byte[] ask() throws Exception {
    Response response = client.get(baseUrl + INFO).raiseForStatus();
    if (!response.json().has("ERSDeploymentInfo")) {
      throw new IOException("the answer is no deployment info: is this an ISE node?");
    }
    return response.bytes();
  }
}
