package fr.passnumerique.ui.command;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerImport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
      "Refuses a ledger that has facts, a broken chain, a part of a ledger, and facts that this"
          + " release does not know. Keys of check parts and the vault are handed over apart."
    })
final class ImportLedger implements Callable<Integer> {
  private final FactCatalogue catalogue;

  @Spec private CommandSpec spec;
  @Mixin private LedgerPlace place;

  @Parameters(paramLabel = "<export.ndjson>")
  private Path export;

  @Option(names = "--dry-run", description = "Tries everything and keeps nothing.")
  private boolean dryRun;

  @SuppressWarnings("NullAway.Init")
  ImportLedger(FactCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(export));
        Database database = place.open(true)) {
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
}
