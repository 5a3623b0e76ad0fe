package dev.tandem.samples.fleet;

import dev.tandem.samples.lab.IosLab;
import dev.tandem.samples.lab.IseLab;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The inventory of a lab, so that another process can visit it as it would real machines. */
final class LabInventory {

  private static final String ISE_VARIABLE = "TANDEM_LAB_ISE_PASSWORD";
  private static final String IOS_VARIABLE = "TANDEM_LAB_IOS_PASSWORD";

  private LabInventory() {}

  static String of(Optional<IseLab> ise, Optional<IosLab> ios) {
    Map<String, Object> groups = new LinkedHashMap<>();
    List<Map<String, Object>> hosts = new ArrayList<>();
    ise.ifPresent(
        lab -> {
          groups.put(
              "ise",
              ordered(
                  "transport",
                  "http",
                  "username",
                  lab.username(),
                  "password_env",
                  ISE_VARIABLE,
                  "verify_tls",
                  false));
          add(hosts, "ise", lab.addresses());
        });
    ios.ifPresent(
        lab -> {
          groups.put(
              "ios",
              ordered(
                  "transport", "ssh",
                  "username", lab.username(),
                  "password_env", IOS_VARIABLE,
                  "host_keys", "known_hosts",
                  "known_hosts", "known_hosts"));
          add(hosts, "ios", lab.addresses());
        });
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Dump(settings).dumpToString(ordered("groups", groups, "hosts", hosts));
  }

  /** The commands that put the passwords where the inventory looks for them. */
  static List<String> exports(Optional<IseLab> ise, Optional<IosLab> ios) {
    var lines = new ArrayList<String>();
    ise.ifPresent(lab -> lines.add("  export " + ISE_VARIABLE + "=" + lab.password()));
    ios.ifPresent(lab -> lines.add("  export " + IOS_VARIABLE + "=" + lab.password()));
    return lines;
  }

  private static void add(
      List<Map<String, Object>> hosts, String group, List<InetSocketAddress> addresses) {
    int number = 1;
    for (InetSocketAddress address : addresses) {
      hosts.add(
          ordered(
              "name",
              group + "-" + number++,
              "group",
              group,
              "address",
              address.getHostString(),
              "port",
              address.getPort()));
    }
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return map;
  }
}
