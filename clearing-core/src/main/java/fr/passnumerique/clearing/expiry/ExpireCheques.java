package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;

/** Ends the life of an order's unredeemed cheques, once its tolerance is over. */
public record ExpireCheques(OrderId order) implements Command<ChequesExpired> {}
