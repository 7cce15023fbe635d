package fr.passnumerique.ui.prescriber;

import fr.passnumerique.ui.deed.Entries;

/** What a form records is named by its key, since no one else has to name it. */
final class Keyed {
  /** Of a prescriber's own: two that meet are refused, and not mixed up. */
  private static final int CHARACTERS = 12;

  private Keyed() {}

  static String name(String kind, Entries form) {
    return kind + "-" + form.key().toString().replace("-", "").substring(0, CHARACTERS);
  }
}
