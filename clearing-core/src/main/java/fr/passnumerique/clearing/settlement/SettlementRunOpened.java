package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * A settlement run (règlement) took what was accepted and unpaid up to its cut-off: one credit
 * transfer per IBAN.
 *
 * @param cutOff midnight Europe/Paris as an instant, exclusive; lines are taken by recorded time
 * @param executionOn the day on which the bank is asked to pay
 * @param unpayable venues with something owed but no account to pay it to: carried over
 */
public record SettlementRunOpened(
    SettlementRunId run,
    ProgrammeId programme,
    Instant cutOff,
    LocalDate executionOn,
    List<Transfer> transfers,
    List<VenueId> unpayable)
    implements Fact {

  /**
   * @param account the IBAN and its holder, in the vault: the account in force when the run opened
   * @param amountCents above zero; Σ of the parts
   * @param slips whose accepted lines it pays
   */
  public record Transfer(
      TransferId transfer,
      VaultReference account,
      long amountCents,
      List<PaidSlip> slips,
      List<PaidCents> parts) {}

  /**
   * @param position of the slip's fact
   * @param cents its accepted lines of this run's programme
   */
  public record PaidSlip(VenueId venue, SlipReference reference, long position, long cents) {}

  @Override
  public Set<String> tags() {
    return Set.of("run:" + run, "runs:" + programme);
  }
}
