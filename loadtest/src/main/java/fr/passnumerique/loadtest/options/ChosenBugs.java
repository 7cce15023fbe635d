package fr.passnumerique.loadtest.options;

import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Option;

/** Which of the bugs that a checker must find are put in. */
public final class ChosenBugs {
  @Option(
      names = "--only",
      split = ";",
      paramLabel = "<text>",
      description = "Only bugs whose name has it, or one of them: a;b.")
  private List<String> only = List.of("");

  /** A word that chooses none would prove nothing, and look as if it had. */
  public void check(Terminal terminal, Collection<String> names) {
    for (String word : only) {
      terminal.require(
          names.stream().anyMatch(name -> name.contains(word)),
          "--only",
          "of words that names of bugs have; none has \"%s\"".formatted(word));
    }
  }

  public boolean has(String name) {
    return only.stream().anyMatch(name::contains);
  }
}
