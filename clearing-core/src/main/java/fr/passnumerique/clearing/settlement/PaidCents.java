package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.venues.VenueId;

/** What a transfer pays one venue out of one funder's cents. */
public record PaidCents(VenueId venue, SpentCents spent) {}
