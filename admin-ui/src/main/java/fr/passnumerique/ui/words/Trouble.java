package fr.passnumerique.ui.words;

import java.util.List;
import java.util.stream.Stream;

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

  /** The same where a page says first what it prevents. */
  public Trouble under(String heading) {
    return new Trouble(heading, Stream.concat(Stream.of(title + "."), lines.stream()).toList());
  }
}
