package fr.passnumerique.ui.deed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Ties a confirmation to what was shown to whom: of a deed an account, the address with its
 * identifiers, the form's key, every field and every word of the effect. Nothing is kept on a
 * server, so that any node takes what another has shown.
 */
public final class Seal {
  private static final String PURPOSE = "confirmation of a page, 1";

  private final UnaryOperator<String> keyed;

  /**
   * @param keyed a digest that nobody computes without the installation's key
   */
  Seal(UnaryOperator<String> keyed) {
    this.keyed = keyed;
  }

  String of(String account, String address, Entries entries, String shown) {
    List<String> parts =
        new ArrayList<>(List.of(PURPOSE, account, address, entries.key().toString(), shown));
    for (Field field : entries.fields()) {
      parts.add(field.name());
      parts.add(entries.value(field.name()));
    }
    return of(parts);
  }

  /** What a person has read, told from everything else. */
  String shown(Effect effect) {
    List<String> parts = new ArrayList<>(List.of(effect.button()));
    for (Effect.Line line : effect.lines()) {
      parts.add(line.label());
      parts.add(line.words());
    }
    parts.add(effect.afterwards());
    return of(parts);
  }

  /**
   * @param parts first for what they are sealed: no seal is taken for another's
   */
  public String of(List<String> parts) {
    StringBuilder text = new StringBuilder();
    // With its length in front: no two lists of parts come to the same text.
    parts.forEach(part -> text.append(part.length()).append(':').append(part));
    return keyed.apply(text.toString());
  }

  /** In a time that does not tell how much of it was right. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
