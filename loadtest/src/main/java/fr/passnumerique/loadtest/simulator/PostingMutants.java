package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.posting;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferRejected;
import java.util.ArrayList;
import java.util.List;

/** Bugs in what facts post. */
final class PostingMutants {
  private PostingMutants() {}

  static List<Mutant> all() {
    return List.of(
        posting(
            "an accepted line is posted with the wrong sign",
            SlipJudged.class,
            PostingMutants::negated),
        posting(
            "an accepted line is posted a cent to another funder",
            SlipJudged.class,
            PostingMutants::aCentAside),
        posting("an activation sets no cash aside", ChequesActivated.class, _ -> List.of()),
        posting("a withdrawn slip stays owed", SlipWithdrawn.class, _ -> List.of()),
        posting(
            "a transfer's debit is posted twice", TransferConfirmed.class, PostingMutants::twice),
        posting("a rejected transfer stays in transit", TransferRejected.class, _ -> List.of()),
        posting(
            "opposed cheques are not due back", ChequesOpposed.class, PostingMutants::onlyTitles),
        posting("expired cheques refund nothing", ChequesExpired.class, PostingMutants::onlyTitles),
        posting("a refund is not taken from the bank", CreditNoteRefunded.class, _ -> List.of()),
        posting("a cancelled run stays in transit", SettlementRunCancelled.class, _ -> List.of()),
        posting(
            "titles handed out stay in the prescriber's stock",
            ChequesHandedOut.class,
            _ -> List.of()));
  }

  private static List<Entry> negated(List<Entry> entries) {
    return entries.stream().map(entry -> new Entry(entry.account(), -entry.cents())).toList();
  }

  private static List<Entry> twice(List<Entry> entries) {
    List<Entry> twice = new ArrayList<>(entries);
    twice.addAll(entries);
    return twice;
  }

  /** From the first pair of entries to the next that concerns the same kinds. */
  private static List<Entry> aCentAside(List<Entry> entries) {
    List<Entry> changed = new ArrayList<>(entries);
    Entry first = entries.getFirst();
    for (int i = 1; i < entries.size(); i++) {
      Entry other = entries.get(i);
      if (other.account().kind() == first.account().kind()
          && !other.account().funder().equals(first.account().funder())) {
        changed.set(0, new Entry(first.account(), first.cents() - 1));
        changed.set(i, new Entry(other.account(), other.cents() + 1));
        return changed;
      }
    }
    return entries;
  }

  static List<Entry> onlyTitles(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.account().kind().name().startsWith("TITLES_"))
        .toList();
  }
}
