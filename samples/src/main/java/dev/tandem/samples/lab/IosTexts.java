package dev.tandem.samples.lab;

import java.util.Locale;

/** What a device says: realistic, and the same for the same device. */
final class IosTexts {

  /** Said before a configuration, and before the pause that follows. */
  static final String BUILDING = "Building configuration...\n";

  private static final int INTERFACES = 24;

  private IosTexts() {}

  /** The configuration as the device prints it, without the first line. */
  static String configuration(int index, String hostname) {
    String body = body(index, hostname);
    return "\nCurrent configuration : " + body.length() + " bytes\n" + body;
  }

  static String version(int index, String hostname) {
    return """
        Cisco IOS Software, ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 15.7(3)M8, \
        RELEASE SOFTWARE (fc1)
        Technical Support: http://www.cisco.com/techsupport
        Copyright (c) 1986-2021 by Cisco Systems, Inc.

        ROM: System Bootstrap, Version 15.7(3r)M, RELEASE SOFTWARE (fc1)

        %s uptime is 12 weeks, %d days, 4 hours, 31 minutes
        System returned to ROM by power-on
        System image file is "flash0:c2900-universalk9-mz.SPA.157-3.M8.bin"

        Cisco CISCO2911/K9 (revision 1.0) with 1020928K/94208K bytes of memory.
        Processor board ID %s
        %d Gigabit Ethernet interfaces
        Configuration register is 0x2102

        """
        .formatted(hostname, index % 7, serial(index), INTERFACES);
  }

  static String interfaces(int index) {
    var text =
        new StringBuilder("Interface                  IP-Address      OK? Method Status     Protocol\n");
    for (int port = 0; port < INTERFACES; port++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s %-15s YES NVRAM  up         up%n",
              interfaceName(port),
              address(index, port)).replace(System.lineSeparator(), "\n"));
    }
    return text.toString();
  }

  private static String body(int index, String hostname) {
    var text = new StringBuilder();
    text.append(
        """
        !
        ! Last configuration change at 12:56:49 UTC Sun Mar 27 2022
        !
        version 15.7
        service timestamps debug datetime msec
        service timestamps log datetime msec
        service password-encryption
        !
        hostname %s
        !
        boot-start-marker
        boot-end-marker
        !
        aaa new-model
        aaa authentication login default group tacacs+ local
        !
        ip domain name lab.example
        ip cef
        !
        license udi pid CISCO2911/K9 sn %s
        !
        """
            .formatted(hostname, serial(index)));
    for (int port = 0; port < INTERFACES; port++) {
      text.append("interface ").append(interfaceName(port)).append('\n');
      text.append(" description to building ").append(port / 4 + 1);
      text.append(", floor ").append(port % 4 + 1).append('\n');
      text.append(" ip address ").append(address(index, port)).append(" 255.255.255.0\n");
      text.append(" duplex auto\n speed auto\n!\n");
    }
    text.append(
        """
        router ospf 1
         router-id %s
         network 10.0.0.0 0.255.255.255 area 0
        !
        ip route 0.0.0.0 0.0.0.0 10.%d.0.254
        ip ssh version 2
        !
        snmp-server location rack %d
        !
        line con 0
        line vty 0 4
         transport input ssh
        !
        ntp server 10.0.0.1
        end

        """
            .formatted(address(index, 0), index % 250, index + 1));
    return text.toString();
  }

  private static String interfaceName(int port) {
    return "GigabitEthernet" + port / 8 + "/" + port % 8;
  }

  private static String address(int index, int port) {
    return "10." + index % 250 + "." + (index / 250 * INTERFACES + port) + ".1";
  }

  private static String serial(int index) {
    return String.format(Locale.ROOT, "FTX18%05dK", index + 1);
  }
}
