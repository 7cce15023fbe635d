package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Says how a venue stands with VAT from a day on. What it says already is no change.
 *
 * @param from first day, Europe/Paris
 * @param by the account
 */
public record SetVatRegime(VenueId venue, VatRegime regime, LocalDate from, String by)
    implements Command<VatRegimeSet> {}
