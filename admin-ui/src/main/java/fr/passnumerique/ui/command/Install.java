package fr.passnumerique.ui.command;

import fr.passnumerique.projections.broker.JavaProgram;
import fr.passnumerique.ui.install.Installation;
import fr.passnumerique.ui.install.TrialStart;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an {@link Installation} of the jar that runs this. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = {
      "Lays the application out in a directory, from where it starts in about half of the"
          + " processor time: java @<directory>/start, with the application's own arguments after"
          + " it.",
      "Starts it there once for trial, on a ledger of its own that is deleted again, and keeps what"
          + " Java has loaded. To be done anew for another release, another Java or other options."
    })
public final class Install implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "<directory>",
      description =
          "Is made, one for each release; must be empty, yours, and closed to what others write if"
              + " it is there.")
  private Path directory;

  @Option(
      names = "--java-option",
      paramLabel = "<option>",
      description =
          "Of each start, such as -Xmx4g; may be given several times. What decides how objects lie"
              + " in memory (-XX:+UseParallelGC, -XX:+UseCompactObjectHeaders) must be given here,"
              + " and not at the start. No settings of the application, which are given to the"
              + " start; no secrets.")
  private List<String> options = List.of();

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Install() {}

  @Override
  public Integer call() throws InterruptedException {
    Path jar =
        JavaProgram.executableJar()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this is not the application's executable jar; make it (./mvnw package),"
                            + " and call java -jar admin-ui/target/admin-ui-…-exec.jar install"));
    Installation installation =
        Installation.make(jar, directory, TrialStart.class.getName(), options);
    spec.commandLine().getOut().printf("installed; start it by: java @%s%n", installation.start());
    return 0;
  }
}
