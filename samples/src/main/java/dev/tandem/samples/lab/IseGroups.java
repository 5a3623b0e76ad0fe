package dev.tandem.samples.lab;

import java.util.List;

/** The endpoint groups that every node has. */
final class IseGroups {

  /** One group. */
  record Group(String id, String name, String description) {}

  static final List<Group> ALL =
      List.of(
          new Group("aa0e8b20-8bff-11e6-996c-525400b48521", "Unknown", "Unknown Identity Group"),
          new Group("aa10ae00-8bff-11e6-996c-525400b48521", "Profiled", "Profiled Identity Group"),
          new Group(
              "aa13bb40-8bff-11e6-996c-525400b48521",
              "RegisteredDevices",
              "Asset Registered Endpoints Identity Group"),
          new Group(
              "aa178bd0-8bff-11e6-996c-525400b48521",
              "GuestEndpoints",
              "Guest Endpoints Identity Group"));

  private IseGroups() {}
}
