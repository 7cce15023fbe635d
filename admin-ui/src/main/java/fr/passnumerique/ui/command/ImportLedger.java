package fr.passnumerique.ui.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerImport;
import fr.passnumerique.projections.verifier.VerifyLedger;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A successor takes over a ledger, before its first start. */
@Command(
    name = "import-ledger",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over another installation's ledger from its export, into a fresh one: all or nothing.",
      "Verifies it first, as verify-ledger does, and imports nothing that does not hold. Refuses a"
          + " ledger that has facts, a broken chain, a part of a ledger, and facts that this"
          + " release does not know. Keys of check parts and the vault are handed over apart."
    })
final class ImportLedger implements Callable<Integer> {
  private final FactCatalogue catalogue;

  @Spec private CommandSpec spec;
  @Mixin private LedgerPlace place;

  @Parameters(paramLabel = "<export.ndjson>")
  private Path export;

  @Option(
      names = "--head",
      paramLabel = "[<position>:]<hash>",
      description =
          "As verify-ledger: a hash that was kept where the operator could not change it.")
  private List<String> heads = List.of();

  @Option(
      names = "--despite-findings",
      description =
          "Imports a ledger that does not hold, for who has read why: its chain must hold all the"
              + " same.")
  private boolean despite;

  @Option(names = "--dry-run", description = "Tries everything and keeps nothing.")
  private boolean dryRun;

  @SuppressWarnings("NullAway.Init")
  ImportLedger(FactCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    if (!verified() && !despite) {
      spec.commandLine()
          .getErr()
          .println(
              "The ledger does not hold, nothing was imported. Ask for another export, or import"
                  + " it --despite-findings.");
      return 1;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(export));
        Database database = place.existingOrNew()) {
      LedgerImport.Imported imported =
          LedgerImport.read(in, database.dataSource(ApplicationRole.CLEARING), catalogue, dryRun);
      spec.commandLine()
          .getOut()
          .printf(
              "%d facts %s, the last hash is %s%n",
              imported.facts(), dryRun ? "could be imported" : "imported", imported.headHash());
      return 0;
    }
  }

  /** What does not hold is told where progress and faults are. */
  private boolean verified() {
    List<String> arguments = new ArrayList<>(List.of(export.toString()));
    heads.forEach(head -> arguments.addAll(List.of("--head", head)));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit =
        VerifyLedger.run(arguments.toArray(String[]::new), new PrintStream(said, true, UTF_8));
    if (exit != 0) {
      spec.commandLine().getErr().print(said.toString(UTF_8));
      spec.commandLine().getErr().flush();
    }
    return exit == 0;
  }
}
