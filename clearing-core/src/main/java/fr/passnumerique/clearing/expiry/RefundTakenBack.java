package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A clerk had recorded the refund of a credit note by hand, and the bank never showed its debit:
 * the note is due back. What a transfer was to pay is in transit again, or executed by the bank's
 * word as it was before, and still holds the note; without one, the note can be refunded anew.
 *
 * @param bookedOn the day on which the refund counted, Europe/Paris
 * @param parts those of the credit note
 * @param order of the transfer; empty if the refund was without one
 * @param transfer that was to pay it; empty if the refund was without one
 * @param executedOn the day of its execution by the bank's word; empty if it is in transit again
 * @param free that of the credit note
 * @param by the account
 */
public record RefundTakenBack(
    CreditNoteId creditNote,
    FunderId funder,
    long amountCents,
    LocalDate bookedOn,
    List<FundedCents> parts,
    @LeftOutWhenEmpty Optional<RefundOrderId> order,
    @LeftOutWhenEmpty Optional<TransferId> transfer,
    @LeftOutWhenEmpty Optional<LocalDate> executedOn,
    @LeftOutWhenEmpty Optional<FreeCents> free,
    Reason reason,
    String by)
    implements Fact {
  public RefundTakenBack {
    parts = List.copyOf(parts);
  }

  /**
   * What was wrong with a clerk's word, or the bank's. Of venues' transfers it is {@code
   * WhyNotPaid}: what is stored of them has another name for the first.
   */
  public enum Reason {
    /** Another note's. */
    WRONG_NOTE,
    /** The bank says that it has rejected it. */
    REJECTED,
    /** The account shows no debit of it. */
    NEVER_DEBITED,
    OTHER
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(bookedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of("bank", CreditNoteIssued.tag(creditNote)));
    transfer.ifPresent(id -> tags.add("transfer:" + id));
    return tags;
  }
}
