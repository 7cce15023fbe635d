package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A refund that was booked came back: its value is due back again, the account is closed unless it
 * is {@link #closesAccount not at fault}.
 *
 * @param returnedOn the bank's day
 * @param reason ISO 20022 external return reason code
 * @param account whose IBAN is closed, for each funder that is still refunded to it
 * @param parts those of the credit note
 * @param free that of the credit note
 */
public record RefundReturned(
    RefundOrderId order,
    TransferId transfer,
    CreditNoteId creditNote,
    FunderId funder,
    LocalDate returnedOn,
    String reason,
    VaultReference account,
    long amountCents,
    List<FundedCents> parts,
    BankEntry entry,
    @LeftOutWhenEmpty Optional<FreeCents> free)
    implements Fact {
  public RefundReturned {
    parts = List.copyOf(parts);
  }

  /**
   * Whether its account is closed: not where a clerk says that what the bank left, which tells its
   * debit no more, is this money back. No bank has said that the account is at fault then.
   */
  public boolean closesAccount() {
    return !entry.leftBehind();
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(returnedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of(
        "bank",
        entry.tag(),
        "transfer:" + transfer,
        "credit-note:" + creditNote,
        FunderAccountProposed.tag(funder),
        FunderAccountOpened.ALL);
  }
}
