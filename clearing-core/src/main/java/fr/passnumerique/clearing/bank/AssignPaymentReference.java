package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Command;
import java.util.Optional;

/**
 * Gives a funder's share of an agreement a reference, by which its money is known.
 *
 * @param reference a structured creditor reference is made if it is left out
 */
record AssignPaymentReference(AgreementId agreement, FunderId funder, Optional<String> reference)
    implements Command<PaymentReferenceAssigned> {}
