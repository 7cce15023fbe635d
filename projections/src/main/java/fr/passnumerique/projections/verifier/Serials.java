package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Cheques as facts name them: five characters of batch and four of ordinal, or ranges. */
final class Serials {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** Four characters hold no higher ordinal. */
  private static final int MOST = (1 << 20) - 1;

  /**
   * @param first and {@code last} inclusive
   */
  record Range(String batch, int first, int last) {
    /**
     * @throws IllegalArgumentException for ordinals that no batch has
     */
    Range {
      if (first < 1 || last < first || last > MOST) {
        throw new IllegalArgumentException(
            "cheques %d to %d of batch %s are none".formatted(first, last, batch));
      }
    }
  }

  private Serials() {}

  static Range of(String serial) {
    if (serial.length() != 9) {
      throw new IllegalArgumentException("'%s' is no serial".formatted(serial));
    }
    int ordinal = 0;
    for (char c : serial.substring(5).toCharArray()) {
      int value = CROCKFORD.indexOf(c);
      if (value < 0) {
        throw new IllegalArgumentException("'%s' is no serial".formatted(serial));
      }
      ordinal = ordinal << 5 | value;
    }
    return new Range(serial.substring(0, 5), ordinal, ordinal);
  }

  /** Those that a fact {@code ChequesActivated} names. */
  static Range activated(JsonNode fact) {
    return new Range(
        fact.path("batch").asString(""),
        fact.path("firstOrdinal").asInt(0),
        fact.path("lastOrdinal").asInt(0));
  }

  /** Of a range, a serial, or a list of either. */
  static List<Range> in(JsonNode cheques) {
    List<Range> ranges = new ArrayList<>();
    if (cheques.isArray()) {
      cheques.forEach(one -> ranges.addAll(in(one)));
    } else if (cheques.isString()) {
      ranges.add(of(cheques.asString()));
    } else if (cheques.isObject()) {
      ranges.add(
          new Range(
              cheques.path("batch").asString(""),
              cheques.path("first").asInt(0),
              cheques.path("last").asInt(0)));
    }
    return ranges;
  }
}
