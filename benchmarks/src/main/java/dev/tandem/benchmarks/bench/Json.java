package dev.tandem.benchmarks.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as programs read them: an array of objects with the same six keys. */
final class Json {

  private static final MathContext DIGITS = new MathContext(4);

  private Json() {}

  static String of(List<Result> results) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    for (Result result : results) {
      ObjectNode object = array.addObject();
      object.put("suite", result.bar().suite());
      object.put("work", result.bar().work().name());
      object.put("peer", result.bar().peer());
      object.put("ratio", rounded(result.ratio()));
      object.put("goal", rounded(result.bar().goal()));
      object.put("met", result.met());
    }
    return array.toPrettyString();
  }

  private static @Nullable BigDecimal rounded(@Nullable Double number) {
    return number == null ? null : new BigDecimal(number, DIGITS).stripTrailingZeros();
  }
}
