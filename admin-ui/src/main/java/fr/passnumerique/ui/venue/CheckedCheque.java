package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.ui.words.VerdictReading;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check at the counter found, and what to do.
 *
 * @param serial empty for an unknown code
 * @param faceValueCents null where the code tells nothing of a cheque
 * @param lastServiceDay null until it is handed out
 * @param unchecked what was left out, in words; empty if nothing was
 */
record CheckedCheque(
    boolean accepted,
    String serial,
    VerdictReading reading,
    @Nullable Long faceValueCents,
    @Nullable LocalDate lastServiceDay,
    List<String> unchecked) {
  static CheckedCheque of(ChequeCheckEndpoint.Check check) {
    List<String> unchecked = new ArrayList<>();
    if (check.notChecked().contains(Verdict.OUT_OF_TERRITORY)) {
      unchecked.add("le point d’accueil");
    }
    if (check.notChecked().contains(Verdict.SERVICE_NOT_ELIGIBLE)) {
      unchecked.add("le service");
    }
    if (check.notChecked().contains(Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE)) {
      unchecked.add("le label du lieu");
    }
    return new CheckedCheque(
        check.accepted(),
        check.cheque() == null ? "" : check.cheque(),
        VerdictReading.atTheCounter(check.verdict(), Optional.ofNullable(check.on())),
        check.faceValueCents(),
        check.lastServiceDay(),
        List.copyOf(unchecked));
  }
}
