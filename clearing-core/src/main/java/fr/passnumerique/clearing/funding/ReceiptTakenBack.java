package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The bank tells a credit no more that was a funder's, or a clerk had recorded one that the bank
 * never showed: the receipt never was. What it brought is gone from the funder's credit, from whom
 * it repaid and from the calls that it settled; where cheques were activated against it, cover is
 * in breach.
 *
 * @param amountCents above zero, as it was received
 * @param receivedOn the day on which it counted, Europe/Paris
 * @param repaid as it was received
 * @param entry the bank's booking that is told no more; empty if the bank never showed it
 * @param statement that tells it no more; likewise
 * @param by the account
 * @param reason why a clerk takes back what he had recorded; empty if the bank tells it no more
 */
public record ReceiptTakenBack(
    ReceiptId receipt,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate receivedOn,
    @LeftOutWhenEmpty Optional<Repaid> repaid,
    @LeftOutWhenEmpty Optional<BankEntry> entry,
    @LeftOutWhenEmpty Optional<String> statement,
    String by,
    @LeftOutWhenEmpty Optional<Reason> reason)
    implements Fact {

  /** What was wrong with what a clerk had recorded. */
  public enum Reason {
    /** It stands under another reference as well. */
    TYPED_TWICE,
    WRONG_AMOUNT,
    /** Another funder's, or for another agreement. */
    WRONG_SHARE,
    /** It was announced, and has not come. */
    NEVER_CAME,
    OTHER
  }

  /** All that it brought, since the bank tells it no more. */
  public static ReceiptTakenBack of(
      FundsReceived receipt, BankEntry entry, String statement, String by) {
    return of(receipt, Optional.of(entry), Optional.of(statement), by, Optional.empty());
  }

  /** All that it brought, since a clerk had recorded it and the bank never showed it. */
  public static ReceiptTakenBack of(FundsReceived receipt, Reason reason, String by) {
    return of(receipt, Optional.empty(), Optional.empty(), by, Optional.of(reason));
  }

  private static ReceiptTakenBack of(
      FundsReceived receipt,
      Optional<BankEntry> entry,
      Optional<String> statement,
      String by,
      Optional<Reason> reason) {
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
        by,
        reason);
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
    Set<String> tags =
        new HashSet<>(Set.of("receipt:" + receipt, "receipts", "agreement:" + agreement));
    entry.ifPresent(
        booked -> {
          tags.add("bank");
          tags.add(booked.tag());
        });
    return tags;
  }
}
