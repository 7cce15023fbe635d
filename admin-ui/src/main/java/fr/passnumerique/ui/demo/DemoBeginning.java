package fr.passnumerique.ui.demo;

import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the demo began a ledger: told by what its story records first. It is asked before
 * anything is written, since the story makes accounts of parties that another ledger does not have,
 * and would be played into its future.
 */
final class DemoBeginning {
  private static final int READ_AHEAD = 1_000;

  private DemoBeginning() {}

  /**
   * @param today by the system's clock, Europe/Paris
   * @throws IllegalStateException if the ledger has facts and the demo did not begin it
   */
  static void require(LedgerReader ledger, LocalDate today) {
    List<RecordedFact> page = ledger.read(0, READ_AHEAD);
    if (page.isEmpty()) {
      return;
    }
    LocalDate first = Paris.dayOf(page.getFirst().recordedAt());
    List<Fact> told = new ArrayList<>();
    while (!page.isEmpty() && told.size() < 2) {
      page.stream()
          .map(RecordedFact::fact)
          .filter(f -> !(f instanceof DayOpened))
          .forEach(told::add);
      page = ledger.read(page.getLast().position(), READ_AHEAD);
    }
    // One that was stopped before its story began has days alone, and all of it lies in the past.
    boolean begun =
        told.isEmpty()
            ? !first.isAfter(today.minusDays(DemoProgramme.DAYS))
            : isProgramme(told.getFirst()) && (told.size() == 1 || isFunder(told.get(1)));
    if (!begun) {
      throw new IllegalStateException(
          "Ce registre n’est pas celui de la démonstration : il commence le %s par %s. Démarrez sans le profil demo, ou donnez à la démonstration un autre répertoire de données (--pass.data-directory)."
              .formatted(
                  first,
                  told.isEmpty()
                      ? "un jour où elle n’a pas commencé"
                      : told.getFirst().getClass().getSimpleName()));
    }
  }

  private static boolean isProgramme(Fact fact) {
    return fact instanceof ProgrammeDefined defined
        && defined.programme().value().equals(DemoFunding.PROGRAMME)
        && defined.name().equals(DemoFunding.PROGRAMME_NAME);
  }

  private static boolean isFunder(Fact fact) {
    return fact instanceof FunderRegistered registered
        && registered.funder().value().equals(DemoFunding.FIRST_FUNDER.id())
        && registered.name().equals(DemoFunding.FIRST_FUNDER.name());
  }
}
