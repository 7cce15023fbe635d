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
 * @param by the account; empty if the bank itself told the payments of the booking later
 */
public record BankEntryMatched(
    BankEntry entry,
    long cents,
    @LeftOutWhenEmpty List<Part> parts,
    @LeftOutWhenEmpty Optional<String> receipt,
    @LeftOutWhenEmpty Optional<String> transfer,
    String by)
    implements Fact {

  /**
   * @param amountCents above zero
   */
  public record Part(AgreementId agreement, FunderId funder, long amountCents) {}

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(entry.bookedOn());
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", entry.tag());
  }
}
