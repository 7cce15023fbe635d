package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.util.Optional;

/** Finds recorded slips again. Safe for any number of threads. */
public final class SlipArchive {
  private final RedemptionRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;

  SlipArchive(RedemptionRegister register, ReadLock registers, LedgerReader ledger) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
  }

  /**
   * @return the slip's fact, a {@link SlipJudged}; empty if this venue presented no such slip
   */
  public Optional<RecordedFact> find(VenueId venue, SlipReference reference) {
    return position(venue, reference)
        .flatMap(position -> ledger.read(position - 1, 1).stream().findFirst());
  }

  /** Where the ledger has the slip's fact, which others may follow that are recorded with it. */
  Optional<Long> position(VenueId venue, SlipReference reference) {
    return registers.find(
        "slip %s of venue %s".formatted(reference, venue),
        () -> Optional.of(register.slip(venue, reference)).filter(position -> position != 0));
  }

  /** When the venue withdrew the slip; empty if it did not. */
  public Optional<Instant> withdrawnAt(VenueId venue, SlipReference reference) {
    return registers.read(
        () ->
            Optional.ofNullable(register.withdrawal(register.slip(venue, reference)))
                .map(RedemptionRegister.Withdrawal::at));
  }
}
