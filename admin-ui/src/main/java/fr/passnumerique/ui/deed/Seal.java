package fr.passnumerique.ui.deed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Ties a confirmation to what was shown to whom: an account, the address with its identifiers, the
 * form's key, every field and every word of the effect. Nothing is kept on a server, so that any
 * node takes what another has shown.
 */
final class Seal {
  private static final String PURPOSE = "confirmation of a page, 1";

  private final UnaryOperator<String> keyed;

  /**
   * @param keyed a digest that nobody computes without the installation's key
   */
  Seal(UnaryOperator<String> keyed) {
    this.keyed = keyed;
  }

  String of(String account, String address, Entries entries, String shown) {
    StringBuilder text = new StringBuilder();
    for (String part : List.of(PURPOSE, account, address, entries.key().toString(), shown)) {
      add(text, part);
    }
    for (Field field : entries.fields()) {
      add(text, field.name());
      add(text, entries.value(field.name()));
    }
    return keyed.apply(text.toString());
  }

  /** What a person has read, told from everything else. */
  String shown(Effect effect) {
    StringBuilder text = new StringBuilder();
    add(text, effect.button());
    for (Effect.Line line : effect.lines()) {
      add(text, line.label());
      add(text, line.words());
    }
    add(text, effect.afterwards());
    return keyed.apply(text.toString());
  }

  /** In a time that does not tell how much of it was right. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length in front: no two lists of parts come to the same text. */
  private static void add(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
