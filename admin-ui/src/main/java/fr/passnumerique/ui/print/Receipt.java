package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.ui.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money that came in from a funder, as a document for its books.
 *
 * @param proved whether the bank tells it
 * @param takenBack whether it tells it no more
 * @param position of the last fact about it
 */
record Receipt(
    String receipt,
    String funder,
    String agreement,
    String programme,
    long amountCents,
    LocalDate valueDate,
    @Nullable LocalDate bookedOn,
    String bankReference,
    String reference,
    long repaidCents,
    String repaidTo,
    boolean proved,
    boolean takenBack,
    long position,
    Instant recordedAt) {

  /**
   * @param told all facts of it, in order
   */
  static Receipt of(FundsReceived fact, List<RecordedFact> told, String programme, Names names) {
    Optional<BankEntry> entry =
        Stream.concat(
                fact.entry().stream(),
                told.stream()
                    .map(RecordedFact::fact)
                    .filter(BankEntryProved.class::isInstance)
                    .map(proof -> ((BankEntryProved) proof).entry()))
            .findFirst();
    RecordedFact last = told.getLast();
    return new Receipt(
        fact.receipt().value(),
        names.funder(fact.funder().value()),
        fact.agreement().value(),
        programme,
        fact.amountCents(),
        fact.valueDate(),
        entry.map(BankEntry::bookedOn).orElse(null),
        entry.flatMap(BankEntry::reference).orElse(""),
        fact.reference().orElse(""),
        fact.repaid().map(FundsReceived.Repaid::cents).orElse(0L),
        fact.repaid().map(repaid -> names.funder(repaid.preFinancier().value())).orElse(""),
        entry.isPresent(),
        told.stream().anyMatch(each -> each.fact() instanceof ReceiptTakenBack),
        last.position(),
        last.recordedAt());
  }
}
