package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;

/** Tells an order's funders that it comes to its end, from J − 30 on. Announced once. */
public record AnnounceExpiry(OrderId order) implements Command<ExpiryAnnounced> {}
