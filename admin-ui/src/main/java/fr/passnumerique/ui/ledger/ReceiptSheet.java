package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.ui.words.Booked;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Money that a funder paid in: what the bank says of it, and what it was used for.
 *
 * @param own its cents that are the funder's own credit, the rest being repaid to another
 * @param repaidTo whom they repay; null if nobody
 * @param reference of the call for funds, or another that it came under; empty if it was known
 *     otherwise
 * @param call for funds whose reference that is; null if it is none's
 * @param booked null while only a clerk has said so
 * @param uses the first that drew on the funder's cash of the agreement since
 * @param credit page of the postings of that cash
 * @param file the same as a file
 * @param opens whether the reader may look at the bank's movements
 */
record ReceiptSheet(
    String receipt,
    long position,
    Instant recordedAt,
    String funder,
    String agreement,
    String programme,
    long amountCents,
    long own,
    @Nullable String repaidTo,
    LocalDate valueDate,
    String reference,
    @Nullable CauseWords call,
    @Nullable Booked booked,
    List<Use> uses,
    String credit,
    String file,
    boolean more,
    boolean opens) {

  /**
   * What drew on it: an activation mostly.
   *
   * @param page of the fact
   */
  record Use(
      String what, String page, LocalDate on, List<CauseWords> causes, long cents, long leftCents) {
    static Use of(Posting drawn, List<CauseWords> causes) {
      return new Use(
          FactWords.of(drawn.fact()),
          "/ecritures?fact=" + drawn.position(),
          drawn.happenedOn(),
          causes,
          drawn.cents(),
          -drawn.balanceCents());
    }
  }

  static ReceiptSheet of(
      RecordedFact recorded,
      @Nullable CauseWords call,
      Optional<BankEntry> entry,
      List<Use> uses,
      String credit,
      String file,
      boolean more,
      Names names,
      Actor reader) {
    FundsReceived fact = (FundsReceived) recorded.fact();
    long repaid = fact.repaid().map(FundsReceived.Repaid::cents).orElse(0L);
    return new ReceiptSheet(
        fact.receipt().value(),
        recorded.position(),
        recorded.recordedAt(),
        names.funder(fact.funder().value()),
        fact.agreement().value(),
        fact.programme().value(),
        fact.amountCents(),
        fact.amountCents() - repaid,
        fact.repaid().map(each -> names.funder(each.preFinancier().value())).orElse(null),
        fact.valueDate(),
        fact.reference().orElse(""),
        call,
        entry.map(Booked::of).map(booked -> booked.to(reader, fact.amountCents())).orElse(null),
        uses,
        credit,
        file,
        more,
        reader.role() != Role.FUNDER);
  }
}
