package fr.passnumerique.clearing.settlement;

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
 * The bank rejected a transfer: its amount is owed again and its account is closed until another is
 * opened.
 *
 * @param reason ISO 20022 external status reason code, such as AC04 (closed account)
 * @param voided lines that were reversed meanwhile: never paid, so they are not owed and not
 *     claimed either
 * @param nettings of the transfer's venues, which are undone
 */
public record TransferRejected(
    SettlementRunId run,
    TransferId transfer,
    LocalDate rejectedOn,
    String reason,
    VaultReference closedAccount,
    long amountCents,
    List<SettlementRunOpened.PaidSlip> slips,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided,
    @LeftOutWhenEmpty List<Netting> nettings)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(rejectedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("transfer:" + transfer);
    tags.add(VenueAccountOpened.ALL);
    parts.forEach(part -> tags.add("account:" + part.venue()));
    return tags;
  }
}
