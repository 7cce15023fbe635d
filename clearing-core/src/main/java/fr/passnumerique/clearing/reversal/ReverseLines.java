package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;
import java.util.Optional;

/**
 * Reverses accepted lines of one slip.
 *
 * @param slip position of the slip's fact, from which the lines were read: facts do not change
 * @param lines in the slip's order, each once
 * @param by the account
 */
public record ReverseLines(
    ReversalId reversal,
    VenueId venue,
    SlipReference reference,
    long slip,
    List<ReversalProposed.Line> lines,
    Reason reason,
    Optional<VaultReference> note,
    String by)
    implements Command<Reversal> {

  ReverseLines with(Optional<VaultReference> kept) {
    return new ReverseLines(reversal, venue, reference, slip, lines, reason, kept, by);
  }
}
