package dev.tandem.samples.gallery;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What there is in the gallery. */
@Command(
    name = "list",
    description = "Lists the samples: id, title, lessons, and the time they run on.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Lessons are those that the samples follow, by letter; see docs/samples.",
      "An option beside the time runs the sample against a real server, which it starts itself.",
    })
public final class ListCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "A JSON array instead of the table.")
  private boolean json;

  /** Made by the command line. */
  public ListCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson());
    } else {
      String row = "%-21s  %-7s  %-18s  %s";
      out.println(String.format(Locale.ROOT, row, "ID", "LESSONS", "RUNS ON", "TITLE"));
      for (Exhibit exhibit : Gallery.EXHIBITS) {
        out.println(
            String.format(
                Locale.ROOT,
                row,
                exhibit.id(),
                exhibit.lessons(),
                (exhibit.runsOn().word() + " " + exhibit.labOption().orElse("")).stripTrailing(),
                exhibit.title()));
      }
    }
    out.flush();
  }

  private static String asJson() {
    var all = JsonNodeFactory.instance.arrayNode();
    for (Exhibit exhibit : Gallery.EXHIBITS) {
      ObjectNode node = all.addObject();
      node.put("id", exhibit.id());
      node.put("title", exhibit.title());
      node.put("lessons", exhibit.lessons());
      node.put("runsOn", exhibit.runsOn().word());
      exhibit.labOption().ifPresent(option -> node.put("labOption", option));
    }
    return JsonMapper.shared().writeValueAsString(all);
  }
}
