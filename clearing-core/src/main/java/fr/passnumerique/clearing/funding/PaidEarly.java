package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.FreeCredit;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.OnUseDebts.Debtor;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fold of what {@code ON_USE} funders have paid in and not used up, and of what they owe for used
 * cheques. The one pays the other at once: whoever records that a funder owes more than before, or
 * that credit is free again, asks here what is to be recorded with it.
 *
 * <p>The repayment is a transfer of funds within the agreement, by the rule of a receipt, to the
 * cent. Kept in a slip's own fact it would make every retry of a slip depend on what lay
 * unallocated; taken from the next receipt only, a funder that has paid everything before would
 * never repay, for no further receipt comes.
 */
public final class PaidEarly {
  private final OnUseDebts debts = new OnUseDebts();
  private final FreeCredit credit = new FreeCredit();
  private final Map<AgreementId, ProgrammeId> programmes = new HashMap<>();

  public void fold(Fact fact) {
    if (fact instanceof SlipJudged) {
      // It moves no free credit, and its postings are not made.
      debts.fold(fact);
      return;
    }
    List<Entry> entries = Postings.of(fact);
    debts.fold(fact, entries);
    credit.fold(fact, entries);
    if (fact instanceof AgreementSigned signed) {
      programmes.put(signed.agreement(), signed.programme());
    }
  }

  /** What {@code ON_USE} funders owe for used cheques. */
  public OnUseDebts debts() {
    return debts;
  }

  /** What of the funder's free credit pays for what it owes for used cheques; 0 if nothing does. */
  public long cents(AgreementId agreement, FunderId funder) {
    return Math.max(0, Math.min(free(agreement, funder), debts.cents(agreement, funder)));
  }

  /** What is paid in and not set aside; below zero while the bank has taken more than was free. */
  public long free(AgreementId agreement, FunderId funder) {
    return credit.cents(agreement, funder);
  }

  /** What of the funder's free credit is not owed in its agreement, and so may leave it. */
  public Leaving mayLeave(AgreementId agreement, FunderId funder) {
    long owed = cents(agreement, funder);
    return new Leaving(Math.max(0, free(agreement, funder) - owed), owed);
  }

  /**
   * @param cents 0 or more
   * @param owedCents what of the free credit is owed for used cheques; 0 if nothing is
   */
  public record Leaving(long cents, long owedCents) {
    /**
     * What whoever asked for more is to do.
     *
     * @param atMost if something may leave
     * @param otherwise if nothing may
     */
    public String remedy(String atMost, String otherwise) {
      String then = cents > 0 ? atMost : otherwise;
      return owedCents == 0
          ? then
          : "have %s of it pay what the funder owes there for cheques used (transferFunds within the agreement), and %s"
              .formatted(new Cents(owedCents).inEnglish(), then);
    }
  }

  /**
   * What is to be recorded after facts, in the same commit: a repayment for each funder that owes
   * more with them, or has more credit free, and has both; and another where that brings it more.
   * None after most facts. What was owed before is paid as well.
   *
   * @param cause names the facts, for the names of the repayments: never given twice
   * @param facts that are not recorded yet
   */
  public List<FundsTransferred> repayments(String cause, List<? extends Fact> facts) {
    PaidEarly more = new PaidEarly();
    facts.forEach(more::fold);
    List<FundsTransferred> repayments = new ArrayList<>();
    Optional<FundsTransferred> next = repayment(cause, repayments, more);
    while (next.isPresent()) {
      repayments.add(next.get());
      // A pre-financier may owe as well, by another version of the agreement.
      more.fold(next.get());
      next = repayment(cause, repayments, more);
    }
    return repayments;
  }

  private Optional<FundsTransferred> repayment(
      String cause, List<FundsTransferred> before, PaidEarly more) {
    Stream<Debtor> freed =
        more.credit.isEmpty()
            ? Stream.empty()
            : debts.debtors().filter(debtor -> more.free(debtor) > 0);
    return Stream.concat(more.debts.debtors(), freed)
        .flatMap(debtor -> repayment(cause, before, more, debtor).stream())
        .findFirst();
  }

  private Optional<FundsTransferred> repayment(
      String cause, List<FundsTransferred> before, PaidEarly more, Debtor debtor) {
    long free = Math.addExact(free(debtor), more.free(debtor));
    AgreementId agreement = debtor.agreement();
    FunderId funder = debtor.funder();
    long owed = Math.addExact(debts.cents(agreement, funder), more.debts.cents(agreement, funder));
    long cents = Math.min(free, owed);
    FunderId advancing = debts.preFinancier(debtor);
    ProgrammeId programme = programmes.get(agreement);
    if (cents <= 0 || advancing == null || programme == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FundsTransferred(
            name(cause, before, debtor),
            funder,
            agreement,
            programme,
            agreement,
            programme,
            cents,
            Optional.of(new Repaid(advancing, cents))));
  }

  /** The first of a debtor has no number: as it is recorded already. */
  private static FundsTransferId name(String cause, List<FundsTransferred> before, Debtor debtor) {
    long number =
        1
            + before.stream()
                .map(transfer -> new Debtor(transfer.from(), transfer.funder()))
                .filter(debtor::equals)
                .count();
    String of = "%s|%s|%s".formatted(cause, debtor.agreement(), debtor.funder());
    return FundsTransferId.repaying(number == 1 ? of : of + "|" + number);
  }

  private long free(Debtor debtor) {
    return free(debtor.agreement(), debtor.funder());
  }
}
