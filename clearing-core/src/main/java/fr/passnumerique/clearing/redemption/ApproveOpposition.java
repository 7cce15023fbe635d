package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person agrees that the cheques of a proposed opposition are opposed.
 *
 * @param by the account, another than the one that proposed it
 */
public record ApproveOpposition(OppositionId opposition, String by)
    implements Command<Opposition> {}
