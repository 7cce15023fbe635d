package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.AMOUNT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.CREDIT_TOO_LOW;
import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDER_NOT_IN_AGREEMENT;
import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDS_TRANSFER_ALREADY_RECORDED;
import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDS_TRANSFER_NAME_RESERVED;
import static fr.passnumerique.clearing.funding.FundingRefusal.SAME_AGREEMENT;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_FUNDER;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the transfer's own identifier and at both agreements: who their funders are, what credit
 * is free in the one that it leaves, and what is owed on use in the one that it goes to. Whatever
 * takes or brings cash changes its agreement, so the same cent never leaves twice.
 */
final class TransferFundsDecision implements Decider<TransferFunds, FundsTransferred> {
  private final FundingRegister register;

  TransferFundsDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<TransferFunds> command() {
    return TransferFunds.class;
  }

  @Override
  public Decision<FundsTransferred> decide(TransferFunds c, Instant receivedAt) {
    Long recorded = register.fundsTransfer(c.transfer());
    if (recorded != null) {
      return new Decision.Known<>(recorded, fact -> reply((FundsTransferred) fact, c));
    }
    if (c.transfer().isReserved()) {
      return Decision.refuse(
          FUNDS_TRANSFER_NAME_RESERVED.because(
              "transfer",
              "names such as %s are given to repayments that are recorded by themselves"
                  .formatted(c.transfer()),
              "choose an identifier that does not begin with use-"));
    }
    FundingRegister.Agreement from = register.agreement(c.from());
    if (from == null) {
      return Decision.refuse(RecordReceiptDecision.unknown("from", c.from()));
    }
    FundingRegister.Agreement to = register.agreement(c.to());
    if (to == null) {
      return Decision.refuse(RecordReceiptDecision.unknown("to", c.to()));
    }
    Refusal refusal = refusal(c, from, to);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    FundsTransferred fact =
        new FundsTransferred(
            c.transfer(),
            c.funder(),
            c.from(),
            from.signed().programme(),
            c.to(),
            to.signed().programme(),
            c.amountCents(),
            register.debts().repaid(c.to(), c.funder(), c.amountCents()));
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
  }

  private static Decision.Reply<FundsTransferred> reply(
      FundsTransferred recorded, TransferFunds c) {
    boolean same =
        recorded.funder().equals(c.funder())
            && recorded.from().equals(c.from())
            && recorded.to().equals(c.to())
            && recorded.amountCents() == c.amountCents();
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            FUNDS_TRANSFER_ALREADY_RECORDED.because(
                "transfer",
                "transfer %s is recorded with other contents".formatted(c.transfer()),
                "choose another identifier for another transfer"));
  }

  private @Nullable Refusal refusal(
      TransferFunds c, FundingRegister.Agreement from, FundingRegister.Agreement to) {
    if (register.funder(c.funder()) == null) {
      return UNKNOWN_FUNDER.because(
          "funder", "funder %s is not registered".formatted(c.funder()), "correct the identifier");
    }
    return Bounds.first(
        withinAgreement(c),
        party("from", c, from),
        party("to", c, to),
        Bounds.amount(AMOUNT_OUT_OF_RANGE, "amountCents", c.amountCents()),
        credit(c));
  }

  /** Within an agreement credit only pays what the funder owes there for used cheques. */
  private @Nullable Refusal withinAgreement(TransferFunds c) {
    long owed = Math.max(0, register.debts().cents(c.to(), c.funder()));
    return !c.from().equals(c.to()) || c.amountCents() <= owed
        ? null
        : SAME_AGREEMENT.because(
            "to",
            "funds are transferred between two agreements, both are %s; within one they only pay what the funder owes for used cheques, %s, got %s"
                .formatted(
                    c.from(), new Cents(owed).inEnglish(), new Cents(c.amountCents()).inEnglish()),
            owed > 0
                ? "name another agreement of the funder, or transfer at most that"
                : "name another agreement of the funder");
  }

  private static @Nullable Refusal party(
      String field, TransferFunds c, FundingRegister.Agreement agreement) {
    return agreement.has(c.funder())
        ? null
        : FUNDER_NOT_IN_AGREEMENT.because(
            field,
            "funder %s has no share in agreement %s and advances none"
                .formatted(c.funder(), agreement.signed().agreement()),
            "name two agreements of the same funder");
  }

  /** What pays for used cheques leaves no agreement; within one, it is paid with this. */
  private @Nullable Refusal credit(TransferFunds c) {
    PaidEarly.Leaving leaving =
        c.from().equals(c.to())
            ? new PaidEarly.Leaving(register.paidEarly().cents(c.from(), c.funder()), 0)
            : register.paidEarly().mayLeave(c.from(), c.funder());
    return c.amountCents() <= leaving.cents()
        ? null
        : CREDIT_TOO_LOW.because(
            "amountCents",
            "%s of funder %s can leave agreement %s, which is not set aside for cheques or owed, got %s"
                .formatted(
                    new Cents(leaving.cents()).inEnglish(),
                    c.funder(),
                    c.from(),
                    new Cents(c.amountCents()).inEnglish()),
            leaving.remedy("transfer at most that", "transfer nothing"));
  }
}
