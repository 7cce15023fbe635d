package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank tells a credit no more that was a funder's: the receipt never was. What it brought is
 * gone from the funder's credit, from whom it repaid and from the calls that it settled; where
 * cheques were activated against it, cover is in breach.
 *
 * @param amountCents above zero, as it was received
 * @param receivedOn the day on which it counted, Europe/Paris
 * @param repaid as it was received
 * @param entry the bank's booking that is told no more
 * @param statement that tells it no more
 * @param by the account
 */
public record ReceiptTakenBack(
    ReceiptId receipt,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate receivedOn,
    @LeftOutWhenEmpty Optional<Repaid> repaid,
    BankEntry entry,
    String statement,
    String by)
    implements Fact {

  /** All that it brought. */
  public static ReceiptTakenBack of(
      FundsReceived receipt, BankEntry entry, String statement, String by) {
    return new ReceiptTakenBack(
        receipt.receipt(),
        receipt.agreement(),
        receipt.programme(),
        receipt.funder(),
        receipt.amountCents(),
        receipt.happenedOn().orElse(receipt.valueDate()),
        receipt.repaid(),
        entry,
        statement,
        by);
  }

  /** What of it had been the funder's own credit. */
  public long ownCents() {
    return amountCents - repaid.map(Repaid::cents).orElse(0L);
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(receivedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("receipt:" + receipt, "receipts", "agreement:" + agreement, "bank", entry.tag());
  }
}
