package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Moves whole carnets from the operator's stock to a prescriber's.
 *
 * @param firstOrdinal inclusive, the first of a carnet
 * @param lastOrdinal inclusive, the last of a carnet
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
