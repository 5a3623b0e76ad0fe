package dev.tandem.samples.lab;

/** Where in the command line a user is. */
enum IosMode {
  USER(">"),
  PRIVILEGED("#"),
  CONFIG("(config)#"),
  INTERFACE("(config-if)#");

  /** IOS shortens the name in these prompts. */
  private static final int SHORT_NAME = 20;

  private final String sign;

  IosMode(String sign) {
    this.sign = sign;
  }

  String prompt(String hostname) {
    boolean configuring = this == CONFIG || this == INTERFACE;
    String name =
        configuring && hostname.length() > SHORT_NAME ? hostname.substring(0, SHORT_NAME) : hostname;
    return name + sign;
  }
}
