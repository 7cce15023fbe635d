package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ring-fenced account was credited by a funder for an agreement.
 *
 * @param amountCents above zero
 * @param valueDate the bank's, Europe/Paris
 * @param repaid how much of it pays what an {@code ON_USE} funder owes for used cheques; the rest
 *     is the funder's own credit
 * @param entry the bank's booking; empty while only a clerk has said so
 * @param reference the assigned payment reference that the credit carried, that of a call for funds
 *     for example; empty if it was known otherwise
 */
public record FundsReceived(
    ReceiptId receipt,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate valueDate,
    @LeftOutWhenEmpty Optional<Repaid> repaid,
    @LeftOutWhenEmpty Optional<BankEntry> entry,
    @LeftOutWhenEmpty Optional<String> reference)
    implements FundsArrived {

  /** As a clerk records it who has read the bank's site. */
  public FundsReceived(
      ReceiptId receipt,
      AgreementId agreement,
      ProgrammeId programme,
      FunderId funder,
      long amountCents,
      LocalDate valueDate,
      Optional<Repaid> repaid) {
    this(
        receipt,
        agreement,
        programme,
        funder,
        amountCents,
        valueDate,
        repaid,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What comes back to the pre-financier that had advanced it.
   *
   * @param cents above zero
   */
  public record Repaid(FunderId preFinancier, long cents) {}

  @Override
  public AgreementId arrivedFor() {
    return agreement;
  }

  @Override
  public ProgrammeId arrivedUnder() {
    return programme;
  }

  /** When the bank booked it, if it is the bank that tells: its closing balances are by booking. */
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(entry.map(BankEntry::bookedOn).orElse(valueDate));
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("receipt:" + receipt);
    tags.add("receipts");
    tags.add("agreement:" + agreement);
    entry.ifPresent(
        booked -> {
          tags.add("bank");
          tags.add(booked.tag());
        });
    return tags;
  }
}
