package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * The ring-fenced account was credited by a funder for an agreement.
 *
 * @param amountCents above zero
 * @param valueDate the bank's, Europe/Paris
 */
public record FundsReceived(
    ReceiptId receipt,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate valueDate)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("receipt:" + receipt, "agreement:" + agreement);
  }
}
