package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;

/**
 * A line that was reversed after a run took it, so that its title is not paid with it.
 *
 * @param slip position of the slip's fact
 * @param parts its cents
 */
public record VoidedLine(VenueId venue, long slip, Serial cheque, List<SpentCents> parts) {}
