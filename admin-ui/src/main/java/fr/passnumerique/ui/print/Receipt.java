package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.ui.ledger.ToldReceipt;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
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

  static Receipt of(ToldReceipt told, String programme, Names names) {
    FundsReceived fact = told.fact();
    Optional<Booked> booked = told.entry().map(Booked::of);
    return new Receipt(
        fact.receipt().value(),
        names.funder(fact.funder().value()),
        fact.agreement().value(),
        programme,
        fact.amountCents(),
        fact.valueDate(),
        booked.map(Booked::bookedOn).orElse(null),
        booked.map(Booked::reference).orElse(""),
        fact.reference().orElse(""),
        fact.repaid().map(FundsReceived.Repaid::cents).orElse(0L),
        fact.repaid().map(repaid -> names.funder(repaid.preFinancier().value())).orElse(""),
        booked.isPresent(),
        told.takenBackAt() != null,
        told.last().position(),
        told.last().recordedAt());
  }
}
