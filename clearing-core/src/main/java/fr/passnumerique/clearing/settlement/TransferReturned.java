package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A paid transfer came back: its amount is owed again and its account is closed until another is
 * opened, unless it is {@link #closesAccount not at fault}.
 *
 * @param returnedOn the bank's booking date, Europe/Paris
 * @param voided lines that were reversed: owed again, but their titles stay where they are
 * @param reason ISO 20022 external return reason code, such as AC04 (closed account)
 */
public record TransferReturned(
    SettlementRunId run,
    TransferId transfer,
    LocalDate returnedOn,
    String reason,
    VaultReference closedAccount,
    long amountCents,
    List<SettlementRunOpened.PaidSlip> slips,
    List<PaidCents> parts,
    BankEntry entry,
    @LeftOutWhenEmpty List<VoidedLine> voided)
    implements Fact {
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
    Set<String> tags = new HashSet<>();
    tags.add("transfer:" + transfer);
    tags.add("bank");
    tags.add(entry.tag());
    tags.add(VenueAccountOpened.ALL);
    parts.forEach(part -> tags.add("account:" + part.venue()));
    return tags;
  }
}
