package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Asks a funder to pay in for an agreement.
 *
 * @param dueOn the last day on which a payment is in time, Europe/Paris
 * @param by the account
 */
public record CallFunds(
    CallId call,
    AgreementId agreement,
    FunderId funder,
    long amountCents,
    LocalDate dueOn,
    String by)
    implements Command<FundsCalled> {}
