package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bookkeeping.FreeCredit;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A fold of what {@code ON_USE} funders have paid in before cheques were used, and of what they owe
 * for used ones. Whoever accepts a slip asks here what of the one pays the other at once.
 *
 * <p>The repayment is a transfer of funds within the agreement, by the rule of a receipt, to the
 * cent. Kept in the slip's own fact it would make every retry of a slip depend on what lay
 * unallocated; taken from the next receipt only, a funder that has paid everything before would
 * never repay, for no further receipt comes.
 */
public final class PaidEarly {
  private final OnUseDebts debts = new OnUseDebts();
  private final FreeCredit credit = new FreeCredit();

  private record Debtor(AgreementId agreement, FunderId funder) {}

  public void fold(Fact fact) {
    debts.fold(fact);
    credit.fold(fact);
  }

  /** What {@code ON_USE} funders owe for used cheques. */
  public OnUseDebts debts() {
    return debts;
  }

  /** What of the funder's free credit pays for what it owes for used cheques; 0 if nothing does. */
  public long cents(AgreementId agreement, FunderId funder) {
    return cents(agreement, funder, 0);
  }

  private long cents(AgreementId agreement, FunderId funder, long more) {
    long owed = Math.addExact(debts.cents(agreement, funder), more);
    return Math.max(0, Math.min(credit.cents(agreement, funder), owed));
  }

  /**
   * @param slip that is not recorded yet
   * @return what is to be recorded with it, one for each funder that has paid early; none for most
   *     slips. A funder that still owes for cheques used before pays these too.
   */
  public List<FundsTransferred> repayments(SlipJudged slip) {
    Map<Debtor, SpentCents> used = new LinkedHashMap<>();
    for (SpentCents part : slip.owed()) {
      if (part.advancedBy().isPresent()) {
        used.merge(
            new Debtor(part.agreement(), part.funder()),
            part,
            (one, other) -> one.withCents(Math.addExact(one.cents(), other.cents())));
      }
    }
    List<FundsTransferred> repayments = new ArrayList<>();
    used.forEach(
        (debtor, part) -> {
          long cents = cents(debtor.agreement(), debtor.funder(), part.cents());
          if (cents > 0) {
            repayments.add(repayment(slip, part, cents));
          }
        });
    return repayments;
  }

  private static FundsTransferred repayment(SlipJudged slip, SpentCents part, long cents) {
    String of =
        "%s|%s|%s"
            .formatted(
                SlipJudged.tag(slip.venue(), slip.reference()), part.agreement(), part.funder());
    return new FundsTransferred(
        new FundsTransferId("use-" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8))),
        part.funder(),
        part.agreement(),
        part.programme(),
        part.agreement(),
        part.programme(),
        cents,
        Optional.of(new Repaid(part.advancedBy().orElseThrow(), cents)));
  }
}
