package fr.passnumerique.ui.venue;

import org.jspecify.annotations.Nullable;

/**
 * Something that a venue has to know or to do.
 *
 * @param tone as style sheets name it: {@code bad} where it is not paid meanwhile, else {@code
 *     warn}
 * @param page where it is told; null if there is none
 */
record Notice(String tone, String title, String text, @Nullable String page) {
  static Notice bad(String title, String text, @Nullable String page) {
    return new Notice("bad", title, text, page);
  }

  static Notice warn(String title, String text, @Nullable String page) {
    return new Notice("warn", title, text, page);
  }
}
