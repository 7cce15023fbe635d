package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Moves carnets from the operator's stock to a prescriber's: whole ones, and of those that are
 * whole no more any of what is left.
 *
 * @param firstOrdinal inclusive, the first of a carnet if that is whole in stock
 * @param lastOrdinal inclusive, the last of a carnet if that is whole in stock
 * @param deliveredOn Europe/Paris
 */
public record DeliverCheques(
    DeliveryId delivery,
    PrescriberId prescriber,
    Batch batch,
    int firstOrdinal,
    int lastOrdinal,
    LocalDate deliveredOn)
    implements Command<ChequesDelivered> {}
