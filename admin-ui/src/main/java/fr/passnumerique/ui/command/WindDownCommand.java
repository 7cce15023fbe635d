package fr.passnumerique.ui.command;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.projections.accounts.WindDown;
import fr.passnumerique.projections.accounts.WindDownFold;
import fr.passnumerique.projections.accounts.WindDownTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** As {@code windDown}, from the ledger alone, where no node runs. */
@Command(
    name = "wind-down",
    mixinStandardHelpOptions = true,
    description =
        "Each venue's claim and each funder's remainder at a position, and whether the cash is"
            + " there. Needs nothing but the ledger. Exits with 1 if cash is missing.")
final class WindDownCommand implements Callable<Integer> {
  private final FactCatalogue catalogue;

  /** How it is written. */
  enum Form {
    JSON,
    CSV,
    /** CSV as a French spreadsheet opens it. */
    EXCEL
  }

  @Spec private CommandSpec spec;
  @Mixin private LedgerPlace place;

  @Option(names = "--position", description = "As of this position. Default: the last.")
  private @Nullable Long position;

  @Option(
      names = "--output",
      defaultValue = "json",
      description = "json, csv or excel. Default: ${DEFAULT-VALUE}.")
  private Form form;

  @SuppressWarnings("NullAway.Init")
  WindDownCommand(FactCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public Integer call() throws IOException {
    try (Database database = place.existing()) {
      PostgresLedgerReader ledger =
          new PostgresLedgerReader(database.dataSource(ApplicationRole.READER), catalogue);
      WindDown read = WindDownFold.at(ledger, position == null ? ledger.head() : position, null);
      PrintWriter out = spec.commandLine().getOut();
      switch (form) {
        case JSON -> out.println(FactCatalogue.JSON.writeValueAsString(read));
        case CSV -> WindDownTable.write(read, TableFormat.CSV, out);
        case EXCEL -> WindDownTable.write(read, TableFormat.EXCEL_FR, out);
      }
      if (out.checkError()) {
        throw new IOException("the wind-down could not be written whole");
      }
      return read.covered() ? 0 : 1;
    }
  }
}
