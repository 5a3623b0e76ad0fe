package dev.tandem.samples.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a device shows. All of it follows from the device's number and the seed. */
final class IosTexts {

  private static final List<String> SITES =
      List.of("Rotterdam", "Lyon", "Porto", "Graz", "Turku", "Split", "Gdansk", "Cork");

  private final String hostname;
  private final int index;
  private final long seed;

  IosTexts(String hostname, int index, long seed) {
    this.hostname = hostname;
    this.index = index;
    this.seed = seed;
  }

  /** The running configuration, from the count of its bytes to {@code end}. */
  List<String> configuration() {
    List<String> body = body();
    int bytes = body.stream().mapToInt(line -> line.length() + 2).sum();
    var lines = new ArrayList<String>(body.size() + 2);
    lines.add("");
    lines.add("Current configuration : " + bytes + " bytes");
    lines.addAll(body);
    return lines;
  }

  /** What {@code show version} prints. */
  List<String> version() {
    var random = random();
    int serial = random.nextInt(100_000_000);
    return """
    Cisco IOS Software, ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.7(3)M8, \
    RELEASE SOFTWARE (fc1)
    Technical Support: http://www.cisco.com/techsupport
    Copyright (c) 1986-2021 by Cisco Systems, Inc.

    ROM: System Bootstrap, Version 15.0(1r)M16, RELEASE SOFTWARE (fc1)

    %s uptime is %d weeks, %d days, %d hours
    System returned to ROM by power-on
    System image file is "flash0:c2900-universalk9-mz.SPA.157-3.M8.bin"

    Cisco CISCO2911/K9 (revision 1.0) with 483328K/40960K bytes of memory.
    Processor board ID FCZ%08d
    24 Gigabit Ethernet interfaces
    255K bytes of non-volatile configuration memory.

    Configuration register is 0x2102
    """
        .formatted(hostname, 1 + random.nextInt(90), random.nextInt(7), random.nextInt(24), serial)
        .lines()
        .toList();
  }

  /** What {@code show ip interface brief} prints. */
  List<String> interfaces() {
    var lines = new ArrayList<String>();
    lines.add(
        "Interface                  IP-Address      OK? Method Status                Protocol");
    for (int port = 0; port < 24; port++) {
      boolean up = isUp(port);
      lines.add(
          String.format(
              Locale.ROOT,
              "%-26s %-15s YES NVRAM  %-21s %s",
              name(port),
              up ? address(port) : "unassigned",
              up ? "up" : "administratively down",
              up ? "up" : "down"));
    }
    return lines;
  }

  private List<String> body() {
    var random = random();
    var lines = new ArrayList<String>();
    lines.addAll(
        List.of(
            "!",
            "! Last configuration change at 12:56:49 UTC Sun Mar 27 2022",
            "!",
            "version 15.7",
            "service timestamps debug datetime msec",
            "service timestamps log datetime msec",
            "no service password-encryption",
            "!",
            "hostname " + hostname,
            "!",
            "boot-start-marker",
            "boot-end-marker",
            "!",
            "aaa new-model",
            "aaa authentication login default local",
            "aaa authorization exec default local",
            "!",
            "ip domain name lab.example",
            "ip cef",
            "no ipv6 cef",
            "!"));
    for (int port = 0; port < 24; port++) {
      lines.add("interface " + name(port));
      lines.add(" description " + site(random) + " circuit " + (10_000 + random.nextInt(90_000)));
      if (isUp(port)) {
        lines.add(" ip address " + address(port) + " 255.255.255.0");
        lines.add(" ip ospf cost " + (10 + random.nextInt(90)));
      } else {
        lines.add(" no ip address");
        lines.add(" shutdown");
      }
      lines.add(" duplex auto");
      lines.add(" speed auto");
      lines.add("!");
    }
    lines.addAll(
        List.of(
            "router ospf 1",
            " router-id " + address(0),
            " network 10.0.0.0 0.255.255.255 area 0",
            "!",
            "ip route 0.0.0.0 0.0.0.0 10." + second() + "." + third() + ".254"));
    for (int entry = 1; entry <= 12; entry++) {
      lines.add(
          "access-list 101 permit tcp host 192.0.2."
              + random.nextInt(255)
              + " any eq "
              + (1024 + random.nextInt(60_000)));
    }
    lines.addAll(
        List.of(
            "!",
            "snmp-server location " + site(random),
            "logging host 192.0.2." + (1 + random.nextInt(250)),
            "ntp server 192.0.2." + (1 + random.nextInt(250)),
            "!",
            "line con 0",
            "line vty 0 15",
            " transport input ssh",
            "!",
            "end"));
    return lines;
  }

  private Random random() {
    return new Random(seed * 31 + index);
  }

  private static String site(Random random) {
    return SITES.get(random.nextInt(SITES.size()));
  }

  private static String name(int port) {
    return "GigabitEthernet0/" + port;
  }

  private boolean isUp(int port) {
    return (port + index) % 3 != 2 || port == 0;
  }

  private String address(int port) {
    return "10." + second() + "." + third() + "." + (port + 1);
  }

  private int second() {
    return index / 250 % 250;
  }

  private int third() {
    return index % 250;
  }
}
