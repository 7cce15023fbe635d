package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import java.util.List;
import java.util.Optional;

/**
 * Gives opposed cheques new serials.
 *
 * @param replacement names the replacement batch; no order may have the same name
 * @param cheques of one batch
 * @param by the account
 * @param prescriber that asks for it, which can only be of its own; empty for the operator
 */
public record ReplaceCheques(
    OrderId replacement, List<Named> cheques, String by, Optional<PrescriberId> prescriber)
    implements Command<ChequesReplaced> {
  public ReplaceCheques {
    cheques = List.copyOf(cheques);
  }
}
