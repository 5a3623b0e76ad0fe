package dev.tandem.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The header fields of a message, in their order; names match whatever their case. Immutable.
 *
 * <p>{@link #toString} hides the values of fields that carry secrets.
 */
public final class Headers {

  private static final Headers EMPTY = new Headers(List.of());
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  /** No fields at all. */
  public static Headers empty() {
    return EMPTY;
  }

  /** The value of the first field of that name; empty when there is none. */
  public Optional<String> first(String name) {
    requireNonNull(name, "name");
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return Optional.of(field.value);
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of that name, in their order. */
  public List<String> all(String name) {
    requireNonNull(name, "name");
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(f -> f.value).toList();
  }

  /** True when there is a field of that name. */
  public boolean contains(String name) {
    return first(name).isPresent();
  }

  /** How many fields there are. */
  public int size() {
    return fields.size();
  }

  /** Shows each field, name and value, in their order. */
  public void forEach(BiConsumer<String, String> action) {
    requireNonNull(action, "action");
    fields.forEach(field -> action.accept(field.name, field.value));
  }

  /**
   * These fields and one more; others of that name stay.
   *
   * @throws IllegalArgumentException when the name is not a token, or the value has a line break,
   *     another control character, or one beyond Latin-1
   */
  public Headers plus(String name, String value) {
    Field added = checked(name, value);
    var more = new ArrayList<Field>(fields.size() + 1);
    more.addAll(fields);
    more.add(added);
    return new Headers(more);
  }

  /**
   * These fields, with one value for {@code name} in place of any others.
   *
   * @throws IllegalArgumentException as {@link #plus} does
   */
  public Headers with(String name, String value) {
    Field added = checked(name, value);
    var more = new ArrayList<Field>(fields.size() + 1);
    fields.stream().filter(f -> !f.name.equalsIgnoreCase(name)).forEach(more::add);
    more.add(added);
    return new Headers(more);
  }

  /** One field a line; the values of those that carry secrets are not shown. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Field field : fields) {
      text.append(field.name)
          .append(": ")
          .append(isSecret(field.name) ? "(hidden)" : field.value)
          .append('\n');
    }
    return text.toString();
  }

  /** These fields, and of {@code others} those whose names are not here. */
  Headers orElse(Headers others) {
    if (others.fields.isEmpty()) {
      return this;
    }
    var more = new ArrayList<Field>(fields.size() + others.fields.size());
    more.addAll(fields);
    others.fields.stream().filter(f -> !contains(f.name)).forEach(more::add);
    return new Headers(more);
  }

  /** These fields but for those that carry secrets. */
  Headers withoutSecrets() {
    return new Headers(fields.stream().filter(f -> !isSecret(f.name)).toList());
  }

  /** Fields that came over the wire, which are as they are. */
  static Headers received(List<Field> fields) {
    return new Headers(fields);
  }

  private static boolean isSecret(String name) {
    return SECRET.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Field checked(String name, String value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    return new Field(Checks.headerName(name), Checks.headerValue(name, value));
  }

  /** One field. */
  record Field(String name, String value) {}
}
