package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry was explained: it is taken out of what is unmatched, and the facts that follow it in the
 * same commit say what it is.
 *
 * @param cents of the entry
 * @param parts whose money it is; they sum to the entry
 * @param receipt recorded by hand, which it proves
 * @param transfer of ours that it pays, or that came back
 * @param debitNote that it pays, whole or in part
 * @param creditNote that it refunds, as a clerk had recorded by hand
 * @param charges that a bank kept of the transfer, or debited with it: they are booked apart, as a
 *     debit that is not explained until the operator has made up for it
 * @param run whose transfers it debits in one sum: all that waited for their debit, each as a
 *     payment of the booking
 * @param receipts recorded by hand, that it proves together: they come to the entry
 * @param by the account; empty if the bank itself told the payments of the booking later, or the
 *     debit of the transfer that came back with it
 */
public record BankEntryMatched(
    BankEntry entry,
    long cents,
    @LeftOutWhenEmpty List<Part> parts,
    @LeftOutWhenEmpty Optional<String> receipt,
    @LeftOutWhenEmpty Optional<String> transfer,
    String by,
    @LeftOutWhenEmpty Optional<String> debitNote,
    @LeftOutWhenEmpty Optional<String> creditNote,
    @LeftOutWhenEmpty Optional<Charges> charges,
    @LeftOutWhenEmpty Optional<String> run,
    @LeftOutWhenEmpty List<String> receipts)
    implements Fact {

  /** Of no several receipts. */
  public BankEntryMatched(
      BankEntry entry,
      long cents,
      List<Part> parts,
      Optional<String> receipt,
      Optional<String> transfer,
      String by,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges,
      Optional<String> run) {
    this(
        entry, cents, parts, receipt, transfer, by, debitNote, creditNote, charges, run, List.of());
  }

  /** Of no whole run. */
  public BankEntryMatched(
      BankEntry entry,
      long cents,
      List<Part> parts,
      Optional<String> receipt,
      Optional<String> transfer,
      String by,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges) {
    this(
        entry,
        cents,
        parts,
        receipt,
        transfer,
        by,
        debitNote,
        creditNote,
        charges,
        Optional.empty());
  }

  /** Without charges. */
  public BankEntryMatched(
      BankEntry entry,
      long cents,
      List<Part> parts,
      Optional<String> receipt,
      Optional<String> transfer,
      String by,
      Optional<String> debitNote,
      Optional<String> creditNote) {
    this(entry, cents, parts, receipt, transfer, by, debitNote, creditNote, Optional.empty());
  }

  /** Of no note. */
  public BankEntryMatched(
      BankEntry entry,
      long cents,
      List<Part> parts,
      Optional<String> receipt,
      Optional<String> transfer,
      String by) {
    this(entry, cents, parts, receipt, transfer, by, Optional.empty(), Optional.empty());
  }

  /**
   * What a bank keeps for itself.
   *
   * @param cents above zero
   */
  public record Charges(long cents, Reason reason) {
    /** Who kept it, and for what, as the clerk found. */
    public enum Reason {
      /** Our bank, for a transfer. */
      TRANSFER_FEE,
      /** A bank on the way, or the payee's, for sending a transfer back. */
      RETURN_FEE,
      /** Another cost of this booking, which the bank has told the operator. */
      OTHER
    }
  }

  /**
   * @param amountCents above zero
   * @param call for funds that it settles first; empty for the oldest open ones of the share
   */
  public record Part(
      AgreementId agreement,
      FunderId funder,
      long amountCents,
      @LeftOutWhenEmpty Optional<String> call) {

    /** That names no call. */
    public Part(AgreementId agreement, FunderId funder, long amountCents) {
      this(agreement, funder, amountCents, Optional.empty());
    }
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(entry.bookedOn());
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", entry.tag());
  }
}
