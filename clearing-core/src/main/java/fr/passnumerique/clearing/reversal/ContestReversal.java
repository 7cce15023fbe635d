package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Optional;

/**
 * The venue contests a reversal of its lines.
 *
 * @param by the account
 */
public record ContestReversal(
    ReversalId reversal, VenueId venue, Optional<VaultReference> note, String by)
    implements Command<ReversalContested> {}
