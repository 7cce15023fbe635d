package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A settlement run (règlement) took what was accepted and unpaid up to its cut-off: one credit
 * transfer per IBAN. It goes to the bank once a second person has released it.
 *
 * @param cutOff midnight Europe/Paris as an instant, exclusive; lines are taken by recorded time
 * @param executionOn the day on which the bank is asked to pay
 * @param transfers the first ones; the others are in the facts that follow
 * @param unpayable venues with something owed but no account to pay it to: carried over
 * @param openedBy the account; empty for runs of the first release, which nobody had to release
 * @param continuedIn how many {@link SettlementRunContinued} follow at once; empty if none
 * @param belowMinimum what is owed and too little for a transfer: carried over
 * @param nettings what is not transferred because the venue owes as much
 * @param occasion why it was opened, unless by hand on a day of the programme's calendar
 * @param inDoubt what is owed and the bank may have paid: left out until a clerk knows better
 */
public record SettlementRunOpened(
    SettlementRunId run,
    ProgrammeId programme,
    Instant cutOff,
    LocalDate executionOn,
    List<Transfer> transfers,
    List<VenueId> unpayable,
    @LeftOutWhenEmpty Optional<String> openedBy,
    @LeftOutWhenEmpty Optional<Integer> continuedIn,
    @LeftOutWhenEmpty List<CarriedOver> belowMinimum,
    @LeftOutWhenEmpty List<Netting> nettings,
    @LeftOutWhenEmpty Optional<RunOccasion> occasion,
    @LeftOutWhenEmpty List<InDoubt> inDoubt)
    implements Fact {

  public SettlementRunOpened(
      SettlementRunId run,
      ProgrammeId programme,
      Instant cutOff,
      LocalDate executionOn,
      List<Transfer> transfers,
      List<VenueId> unpayable,
      Optional<String> openedBy,
      Optional<Integer> continuedIn,
      List<CarriedOver> belowMinimum,
      List<Netting> nettings) {
    this(
        run,
        programme,
        cutOff,
        executionOn,
        transfers,
        unpayable,
        openedBy,
        continuedIn,
        belowMinimum,
        nettings,
        Optional.empty(),
        List.of());
  }

  /** What a venue is owed and is not paid yet. */
  public record CarriedOver(VenueId venue, long cents) {}

  /**
   * What a venue is owed of the slips of which a transfer may have paid lines.
   *
   * @param transfer that may have
   * @param exception of the bank's, by which a clerk puts an end to the doubt
   */
  public record InDoubt(
      VenueId venue,
      long cents,
      TransferId transfer,
      DoubtfulTransfers.Why why,
      String exception) {}

  SettlementRunOpened with(List<Transfer> those, Optional<Integer> goesOnIn) {
    return new SettlementRunOpened(
        run,
        programme,
        cutOff,
        executionOn,
        those,
        unpayable,
        openedBy,
        goesOnIn,
        belowMinimum,
        nettings,
        occasion,
        inDoubt);
  }

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
