package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The ring-fenced account was credited by a funder for an agreement.
 *
 * @param amountCents above zero
 * @param valueDate the bank's, Europe/Paris
 * @param repaid how much of it pays what an {@code ON_USE} funder owes for used cheques; the rest
 *     is the funder's own credit
 */
public record FundsReceived(
    ReceiptId receipt,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate valueDate,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Repaid> repaid)
    implements Fact {

  /**
   * What comes back to the pre-financier that had advanced it.
   *
   * @param cents above zero
   */
  public record Repaid(FunderId preFinancier, long cents) {}

  /** What is left for the funder's own credit. */
  public long ownCents() {
    return amountCents - repaid.map(Repaid::cents).orElse(0L);
  }

  @Override
  public Set<String> tags() {
    return Set.of("receipt:" + receipt, "agreement:" + agreement);
  }
}
