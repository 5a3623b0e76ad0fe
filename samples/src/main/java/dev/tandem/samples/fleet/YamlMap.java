package dev.tandem.samples.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A map of a YAML file that knows its lines, so that every complaint can name one. */
final class YamlMap {

  private final String file;
  private final Node node;
  private final String what;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMap(String file, Node node, String what) throws InventoryException {
    this.file = file;
    this.node = node;
    this.what = what;
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, what + " must be a map of keys and values");
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode(), "a key of " + what);
      if (values.put(key, entry.getValueNode()) != null) {
        throw wrong(entry.getKeyNode(), "'" + key + "' stands twice in " + what);
      }
    }
  }

  static YamlMap of(String file, Node node, String what) throws InventoryException {
    return new YamlMap(file, node, what);
  }

  /** Refuses keys that mean nothing, which are most often misspelled. */
  YamlMap only(String... keys) throws InventoryException {
    Set<String> known = Set.of(keys);
    for (var entry : values.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw wrong(
            entry.getValue(),
            "'"
                + entry.getKey()
                + "' is no key of "
                + what
                + "; there are "
                + known.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
    return this;
  }

  Set<String> keys() {
    return values.keySet();
  }

  YamlMap map(String key) throws InventoryException {
    return new YamlMap(file, required(key), "'" + key + "'");
  }

  List<Node> list(String key) throws InventoryException {
    Node value = required(key);
    if (!(value instanceof SequenceNode sequence)) {
      throw wrong(value, "'" + key + "' must be a list, each item after a dash");
    }
    return sequence.getValue();
  }

  String string(String key) throws InventoryException {
    return text(required(key), "'" + key + "'");
  }

  Optional<String> optional(String key) throws InventoryException {
    Node value = values.get(key);
    return value == null ? Optional.empty() : Optional.of(text(value, "'" + key + "'"));
  }

  /** A whole number from {@code least} to {@code most}. */
  Optional<Integer> number(String key, int least, int most) throws InventoryException {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as for a number out of range.
    }
    throw wrong(
        key, "must be a number from " + least + " to " + most + ", not '" + text.get() + "'");
  }

  /** One of a few words. */
  Optional<String> choice(String key, String... words) throws InventoryException {
    Optional<String> text = optional(key);
    if (text.isPresent() && !List.of(words).contains(text.get())) {
      throw wrong(key, "must be one of " + String.join(", ", words) + ", not '" + text.get() + "'");
    }
    return text;
  }

  /** A complaint about the value of a key. */
  InventoryException wrong(String key, String complaint) {
    return wrong(values.getOrDefault(key, node), "'" + key + "' " + complaint);
  }

  private Node required(String key) throws InventoryException {
    Node value = values.get(key);
    if (value == null) {
      throw wrong(node, what + " needs '" + key + "'");
    }
    return value;
  }

  private String text(Node value, String name) throws InventoryException {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong(value, name + " must be a single value");
  }

  private InventoryException wrong(Node at, String complaint) {
    int line = at.getStartMark().map(Mark::getLine).orElse(0) + 1;
    return new InventoryException(file + ", line " + line + ": " + complaint);
  }
}
