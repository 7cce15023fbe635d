package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;
import java.util.Optional;

/**
 * One line that is reversed.
 *
 * @param line in the slip, from 1
 * @param transfer that is on its way to pay it; for {@code IN_TRANSIT} only
 * @param parts its cents
 */
public record ReversedLine(
    int line,
    Serial cheque,
    Standing standing,
    @LeftOutWhenEmpty Optional<TransferId> transfer,
    List<SpentCents> parts) {

  /** Where its money was when it was reversed. */
  public enum Standing {
    /** Not paid: due back to its funders at once. */
    OWED,
    /** In a transfer whose end is not known: claimed, unless the transfer comes to nothing. */
    IN_TRANSIT,
    /** Paid: claimed from the venue. */
    PAID
  }

  public long cents() {
    return parts.stream().mapToLong(SpentCents::cents).sum();
  }
}
