package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * How a venue stands with VAT from a day on. Without one it is {@link VatRegime#FEES_ONLY}. Nothing
 * is computed from it on the face value of cheques.
 *
 * @param from first day, Europe/Paris
 * @param setBy the account
 */
public record VatRegimeSet(VenueId venue, VatRegime regime, LocalDate from, String setBy)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("vat:" + venue);
  }
}
