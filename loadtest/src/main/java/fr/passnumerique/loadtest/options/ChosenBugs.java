package fr.passnumerique.loadtest.options;

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

  public boolean has(String name) {
    return only.stream().anyMatch(name::contains);
  }
}
