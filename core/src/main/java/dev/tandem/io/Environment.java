package dev.tandem.io;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is changed in the environment of a process. Never shows values. */
final class Environment {

  static final Environment OURS = new Environment(false, Map.of());
  static final Environment CLEAN = new Environment(true, Map.of());

  private final boolean clean;
  private final Map<String, Optional<String>> changes;

  private Environment(boolean clean, Map<String, Optional<String>> changes) {
    this.clean = clean;
    this.changes = changes;
  }

  Environment plus(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " contains the character 0");
    }
    return changed(name, Optional.of(value));
  }

  Environment minus(String name) {
    return changed(name, Optional.empty());
  }

  void applyTo(Map<String, String> environment) {
    if (clean) {
      environment.clear();
    }
    changes.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                text -> environment.put(name, text), () -> environment.remove(name)));
  }

  private Environment changed(String name, Optional<String> value) {
    requireNonNull(name, "name");
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the name of a variable must not be empty or contain '=', but was '" + name + "'");
    }
    var all = new LinkedHashMap<>(changes);
    all.put(name, value);
    return new Environment(clean, all);
  }
}
