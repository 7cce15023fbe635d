package fr.passnumerique.ui.words;

import java.util.Locale;

/** A state in few words. Its tone is told by form and words too, never by colour alone. */
public record Badge(Tone toneOf, String words) {
  /** How good the news is. */
  enum Tone {
    GOOD,
    CALM,
    WARN,
    BAD
  }

  /** As style sheets name it. */
  public String tone() {
    return toneOf.name().toLowerCase(Locale.ROOT);
  }

  public static Badge good(String words) {
    return new Badge(Tone.GOOD, words);
  }

  public static Badge calm(String words) {
    return new Badge(Tone.CALM, words);
  }

  public static Badge warn(String words) {
    return new Badge(Tone.WARN, words);
  }

  public static Badge bad(String words) {
    return new Badge(Tone.BAD, words);
  }
}
