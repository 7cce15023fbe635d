package fr.passnumerique.ui.command;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.export.LedgerExport;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** As {@code exportLedger}, where no node runs. */
@Command(
    name = "export-ledger",
    mixinStandardHelpOptions = true,
    description =
        "Writes the ledger as newline-delimited JSON with its chain (docs/format.md), for"
            + " verify-ledger and import-ledger. While the application runs, ask it:"
            + " GET /api/ledger-export.")
final class ExportLedger implements Callable<Integer> {
  private static final int READ_AHEAD = 1_000;

  private final FactCatalogue catalogue;
  private final Clock clock;

  @Spec private CommandSpec spec;
  @Mixin private LedgerPlace place;

  @Option(names = "--output", paramLabel = "<file>", description = "Default: standard output.")
  private @Nullable Path output;

  @Option(names = "--first", defaultValue = "1", description = "Position. Default: 1.")
  private long first;

  @Option(names = "--last", description = "Position. Default: the last.")
  private @Nullable Long last;

  @Option(names = "--funder", description = "Only this funder's share.")
  private @Nullable String funder;

  @Option(
      names = "--balances-of-each",
      description = "Also after every fact what the accounts that it moved came to, as published.")
  private boolean balancesOfEach;

  @SuppressWarnings("NullAway.Init")
  ExportLedger(FactCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try (Database database = place.existing()) {
      DataSource reader = database.dataSource(ApplicationRole.READER);
      PostgresLedgerReader ledger = new PostgresLedgerReader(reader, catalogue);
      long head = ledger.head();
      long end = last == null ? head : last;
      if (first < 1 || end > head || end < first - 1) {
        throw new IllegalArgumentException(
            "the ledger has positions 1 to %d; give a range of them".formatted(head));
      }
      if (funder != null && !isRegistered(ledger, funder)) {
        throw new IllegalArgumentException(
            "no funder is called %s; give one that is registered".formatted(Problem.shown(funder)));
      }
      LedgerExport export = new LedgerExport(ledger, reader, clock);
      LedgerExport.Asked asked = new LedgerExport.Asked(first, end, funder, balancesOfEach);
      LedgerExport.Written written;
      if (output == null) {
        // Not System.out, which keeps a full disk to itself.
        OutputStream to =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        written = export.write(asked, to);
        to.flush();
      } else {
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(output), 1 << 16)) {
          written = export.write(asked, to);
        }
      }
      spec.commandLine()
          .getErr()
          .printf(
              "%d facts up to position %d; keep its hash elsewhere: %d:%s%n",
              written.facts(), written.last(), written.last(), written.headHash());
      return 0;
    }
  }

  /** A name that was mistyped would be answered with a share of nothing. */
  private static boolean isRegistered(LedgerReader ledger, String funder) {
    long read = 0;
    while (true) {
      List<RecordedFact> facts = ledger.read(read, READ_AHEAD);
      if (facts.isEmpty()) {
        return false;
      }
      for (RecordedFact recorded : facts) {
        if (recorded.fact() instanceof FunderRegistered registered
            && registered.funder().value().equals(funder)) {
          return true;
        }
      }
      read = facts.getLast().position();
    }
  }
}
