package fr.passnumerique.loadtest.options;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command says what it found, and what it is doing. */
@Command
public final class Terminal implements Progress {
  private final long begun = System.nanoTime();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** For picocli, which sets the command. */
  @SuppressWarnings("NullAway.Init")
  public Terminal() {}

  /** For data. */
  public PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Progress, beside the data. */
  @Override
  public void say(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    err.flush();
  }

  /** Progress, with the seconds since the command began. */
  public void sayWhen(String format, Object... values) {
    say(
        "%6.1f s  %s",
        (System.nanoTime() - begun) / 1e9,
        values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }

  /**
   * @throws ParameterException if the option is not as it must be: then nothing has been started
   */
  public void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be " + range);
    }
  }

  /** Whether the option was named, be it with its default. */
  public boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** As it was called, the command first. */
  public String arguments() {
    return String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  /** The command's name. */
  public String command() {
    return spec.name();
  }
}
