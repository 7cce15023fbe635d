package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A venue takes a slip back.
 *
 * @param slip as it is recorded, read from the ledger beforehand: it never changes
 * @param position of the slip's fact
 */
public record WithdrawSlip(SlipJudged slip, long position) implements Command<SlipWithdrawn> {}
