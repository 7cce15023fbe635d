package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.projections.export.LedgerExport;
import fr.passnumerique.projections.verifier.VerifyLedger;
import fr.passnumerique.ui.ClearingApplication;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;

/** The ledger exported, and read by the program that shares no code with the engine. */
final class Audit {
  private Audit() {}

  /**
   * @param file is written and deleted again
   */
  static void hold(DataSource database, Path file, Faults faults) throws IOException {
    LedgerReader ledger = new PostgresLedgerReader(database, ClearingApplication.factCatalogue());
    LedgerExport.Written written;
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      written =
          new LedgerExport(ledger, database, Clock.systemUTC())
              .write(new LedgerExport.Asked(1, ledger.head(), null, false), to);
    }
    verify(file, "%d:%s".formatted(written.last(), written.headHash()), faults);
    Files.delete(file);
  }

  static void verify(Path export, String head, Faults faults) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit =
        VerifyLedger.run(
            new String[] {export.toString(), "--head", head}, new PrintStream(said, true, UTF_8));
    if (exit != 0) {
      faults.add("verify-ledger ends with %d and says:%n%s", exit, said.toString(UTF_8));
    }
  }
}
