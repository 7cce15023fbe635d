package fr.passnumerique.ui.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.clearing.database.DatabaseUnavailableException;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerImport;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.projections.verifier.VerifyLedger;
import fr.passnumerique.ui.install.InstallationFailedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Data go to the standard output and news to the error output; it exits with 0 if it is done, 1 if
 * it is refused, 2 if it was called wrongly.
 */
@Command(
    name = "pass-numerique",
    mixinStandardHelpOptions = true,
    description = "Without a command, starts the application.")
public final class CommandLineStart {
  private CommandLineStart() {}

  /** Whether these are the arguments of a command, and not of the application. */
  public static boolean isMeant(String... args) {
    return args.length > 0 && !args[0].startsWith("--");
  }

  /**
   * @param clock the application's
   * @return the exit code
   */
  public static int run(FactCatalogue catalogue, Clock clock, String... args) {
    if (args[0].equals("verify-ledger")) {
      // A program of its own, which knows nothing of us: here for whoever has this one at hand.
      return VerifyLedger.run(
          Arrays.copyOfRange(args, 1, args.length),
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    }
    // What the parts say while they start is not for the one who reads the data.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    return new CommandLine(new CommandLineStart())
        .addSubcommand("export-ledger", new ExportLedger(catalogue, clock))
        .addSubcommand("import-ledger", new ImportLedger(catalogue))
        .addSubcommand("install", new Install())
        .addSubcommand("wind-down", new WindDownCommand(catalogue))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, _) -> {
              if (failure instanceof LedgerImport.Refused
                  || failure instanceof DatabaseUnavailableException
                  || failure instanceof LedgerUnavailableException
                  || failure instanceof InstallationFailedException
                  || failure instanceof IllegalArgumentException) {
                command.getErr().println(failure.getMessage());
                return 1;
              }
              throw failure;
            })
        .execute(args);
  }
}
