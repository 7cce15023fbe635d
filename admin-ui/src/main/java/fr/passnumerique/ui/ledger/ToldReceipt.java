package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money that came in from a funder, by all that is told of it.
 *
 * @param entry by which the bank proves it; what a clerk recorded by hand, its statement proves
 *     later
 * @param takenBackAt position of the fact by which the bank tells it no more; null while it does
 * @param last fact about it
 */
public record ToldReceipt(
    RecordedFact recorded,
    FundsReceived fact,
    Optional<BankEntry> entry,
    @Nullable Long takenBackAt,
    RecordedFact last) {

  /**
   * @param told all facts with its tag, in order
   * @return empty if none is the receipt, or it is not the reader's: what others paid in is to a
   *     funder as if it were not
   */
  public static Optional<ToldReceipt> of(List<RecordedFact> told, Actor reader) {
    return told.stream()
        .filter(
            each ->
                each.fact() instanceof FundsReceived received
                    && (reader.role() != Role.FUNDER
                        || received.funder().value().equals(reader.subject())))
        .findFirst()
        .map(recorded -> of(recorded, (FundsReceived) recorded.fact(), told));
  }

  private static ToldReceipt of(
      RecordedFact recorded, FundsReceived fact, List<RecordedFact> told) {
    return new ToldReceipt(
        recorded,
        fact,
        Stream.concat(
                fact.entry().stream(),
                told.stream()
                    .map(RecordedFact::fact)
                    .filter(BankEntryProved.class::isInstance)
                    .map(proof -> ((BankEntryProved) proof).entry()))
            .findFirst(),
        told.stream()
            .filter(each -> each.fact() instanceof ReceiptTakenBack)
            .findFirst()
            .map(RecordedFact::position)
            .orElse(null),
        told.getLast());
  }
}
