package dev.tandem.http;

/**
 * Where connections go: those to one origin may stand in for each other.
 *
 * @param secure whether TLS is spoken
 * @param host a name or an address, in lower case; an IPv6 address without brackets
 * @param port always set
 */
record Origin(boolean secure, String host, int port) {

  /** The value of the Host header: without the port where it is the usual one. */
  String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
