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
    LedgerExport.Written written = export(database, file);
    verify(file, "%d:%s".formatted(written.last(), written.headHash()), faults);
    Files.delete(file);
  }

  /** All of it; its projections have come to its head. */
  static LedgerExport.Written export(DataSource database, Path file) throws IOException {
    LedgerReader ledger = new PostgresLedgerReader(database, ClearingApplication.factCatalogue());
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      return new LedgerExport(ledger, database, Clock.systemUTC())
          .write(new LedgerExport.Asked(1, ledger.head(), null, false), to);
    }
  }

  static void verify(Path export, String head, Faults faults) {
    Verdict verdict = verdict(export, head);
    if (verdict.exit() != 0) {
      faults.add("verify-ledger ends with %d and says:%n%s", verdict.exit(), verdict.said());
    }
  }

  /** What was kept outside of another history than the export's must be found not to hold. */
  static void refuse(Path export, String head, String because, Faults faults) {
    Verdict verdict = verdict(export, head);
    if (verdict.exit() != 1 || !verdict.said().contains(because)) {
      faults.add(
          "verify-ledger --head %s ends with %d, is to say \"%s\", and says:%n%s",
          head, verdict.exit(), because, verdict.said());
    }
  }

  private record Verdict(int exit, String said) {}

  private static Verdict verdict(Path export, String head) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int exit =
        VerifyLedger.run(
            new String[] {export.toString(), "--head", head}, new PrintStream(said, true, UTF_8));
    return new Verdict(exit, said.toString(UTF_8));
  }
}
