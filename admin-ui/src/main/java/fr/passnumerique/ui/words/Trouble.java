package fr.passnumerique.ui.words;

import java.util.List;

/**
 * Why something was not done, as a page says it.
 *
 * @param lines what is wrong and what can be done, a sentence or two each
 */
public record Trouble(String title, List<String> lines) {
  public Trouble {
    lines = List.copyOf(lines);
  }

  public static Trouble of(String title, String... lines) {
    return new Trouble(title, List.of(lines));
  }
}
