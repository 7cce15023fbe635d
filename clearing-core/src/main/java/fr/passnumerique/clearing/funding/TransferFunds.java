package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Command;

/** Has a funder's free credit for one agreement stand for another of its agreements. */
public record TransferFunds(
    FundsTransferId transfer, FunderId funder, AgreementId from, AgreementId to, long amountCents)
    implements Command<FundsTransferred> {}
