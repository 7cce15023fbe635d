package fr.passnumerique.ui.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.matching.BankLists;
import fr.passnumerique.ui.work.LargeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;

/** Brings the bank's files in: what each would come to, then for good. */
@Controller
final class BankFilePage {
  static final String PATH = "/banque/fichier";

  /** What a page can keep between its steps; larger ones come in by the API. */
  private static final int MOST_BYTES = 8_000_000;

  private final BankEndpoint bank;
  private final BankFileWords words;
  private final LargeFiles large;

  BankFilePage(BankEndpoint bank, BankFileWords words, LargeFiles large) {
    this.bank = bank;
    this.words = words;
    this.large = large;
  }

  static List<Field> fields() {
    return List.of(
        Field.file("file", "Fichier de la banque", MOST_BYTES)
            .hint(
                "Tel qu’elle l’envoie : relevé (camt.053), avis (camt.054) ou statut de virements"
                    + " (pain.002), jusqu’à 8 Mo."));
  }

  @DeedMapping(PATH)
  @Permit(Role.CLERK)
  Deed<BankEndpoint.Imported> importing(Sent sent) {
    Actor by = sent.by();
    LargeFiles.Operation<BankEndpoint.Imported> operation =
        (entries, dryRun, progress) -> file(entries, dryRun, by, progress);
    return large.beside(
        by,
        "Fichier de la banque",
        "file",
        operation,
        new Deed<>(
            "bank-file",
            fields(),
            operation.waitedFor(),
            (_, imported) -> words.effect(imported.file()).already(imported.already()),
            imported ->
                new Deed.Done(
                    page(imported.file()),
                    imported.already()
                        ? "Ce fichier était déjà enregistré : rien n’est compté deux fois."
                        : "Le fichier de la banque est enregistré.")));
  }

  /** Where what came of it is seen, and what is to be explained first. */
  static String page(BankFileImported file) {
    if (file.entries().stream().anyMatch(entry -> entry.outcome() == Outcome.UNMATCHED)) {
      return BankLists.UNMATCHED;
    }
    return file.statements().isEmpty() ? "/reglements" : BankLists.STATEMENTS;
  }

  private ResponseEntity<BankEndpoint.Imported> file(
      Entries entries, boolean dryRun, Actor by, Progress progress) {
    try {
      return bank.importBankFile(dryRun, null, entries.file("file"), by, progress);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }
}
