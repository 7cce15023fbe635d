package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.calls.CallRefusal.AMOUNT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.calls.CallRefusal.CALL_ABOVE_CEILING;
import static fr.passnumerique.clearing.calls.CallRefusal.CALL_ABOVE_CLAIM;
import static fr.passnumerique.clearing.calls.CallRefusal.CALL_ALREADY_MADE;
import static fr.passnumerique.clearing.calls.CallRefusal.DUE_DATE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.calls.CallRefusal.FUNDER_NOT_IN_AGREEMENT;
import static fr.passnumerique.clearing.calls.CallRefusal.REFERENCE_TAKEN;
import static fr.passnumerique.clearing.calls.CallRefusal.UNKNOWN_AGREEMENT;

import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.calls.CallsRegister.Agreement;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the call's own identifier, at its agreement (terms, receipts, transfers and calls all
 * change it) and at the reference that it is given.
 *
 * <p>Slips are outside: one accepted meanwhile only lets more be called, and a reversal recorded
 * meanwhile leaves the call as high as one recorded a moment later would. A call is no cash, and
 * can be cancelled.
 */
final class CallFundsDecision implements Decider<CallFunds, FundsCalled> {
  /** A longer time to pay is a slip of the keyboard. */
  private static final int LONGEST_DAYS = 366;

  private final CallsRegister register;

  CallFundsDecision(CallsRegister register) {
    this.register = register;
  }

  @Override
  public Class<CallFunds> command() {
    return CallFunds.class;
  }

  @Override
  public Decision<FundsCalled> decide(CallFunds c, Instant receivedAt) {
    CalledFunds.Call made = register.called().call(c.call());
    if (made != null) {
      return new Decision.Known<>(made.position(), fact -> reply((FundsCalled) fact, c));
    }
    Agreement agreement = register.agreement(c.agreement());
    if (agreement == null) {
      return Decision.refuse(
          UNKNOWN_AGREEMENT.because(
              "agreement",
              "agreement %s is not signed".formatted(c.agreement()),
              "sign it first or correct the identifier"));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    Refusal refusal = refusal(c, agreement, today);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    String reference = CreditorReference.madeFrom("call|" + c.call());
    if (register.isReference(reference)) {
      return Decision.refuse(
          REFERENCE_TAKEN.because(
              "call",
              "the reference %s that call %s would be given is in use"
                  .formatted(reference, c.call()),
              "choose another identifier for the call"));
    }
    FundsCalled called =
        new FundsCalled(
            c.call(),
            c.agreement(),
            agreement.programme(),
            c.funder(),
            c.amountCents(),
            register.basis(agreement, c.funder()),
            today,
            c.dueOn(),
            reference,
            c.by());
    PaymentReferenceAssigned assigned =
        new PaymentReferenceAssigned(reference, c.agreement(), c.funder());
    Set<String> looked = new HashSet<>(called.tags());
    looked.add("payment-reference:" + reference);
    return new Decision.Accept<>(List.of(called, assigned), Boundary.of(looked), called);
  }

  /** The day on which it was made and who made it are not the caller's to repeat. */
  private static Decision.Reply<FundsCalled> reply(FundsCalled recorded, CallFunds c) {
    boolean same =
        recorded.agreement().equals(c.agreement())
            && recorded.funder().equals(c.funder())
            && recorded.amountCents() == c.amountCents()
            && recorded.dueOn().equals(c.dueOn());
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            CALL_ALREADY_MADE.because(
                "call",
                "call %s is made with other contents".formatted(c.call()),
                "choose another identifier, or cancel that call"));
  }

  private @Nullable Refusal refusal(CallFunds c, Agreement agreement, LocalDate today) {
    if (!agreement.parties().contains(c.funder())) {
      return FUNDER_NOT_IN_AGREEMENT.because(
          "funder",
          "funder %s has no share in agreement %s and advances none"
              .formatted(c.funder(), c.agreement()),
          "name a funder of the agreement");
    }
    LocalDate latest = today.plusDays(LONGEST_DAYS);
    if (c.dueOn().isBefore(today) || c.dueOn().isAfter(latest)) {
      return DUE_DATE_OUT_OF_RANGE.because(
          "dueOn",
          "a call can be due from today, %s, to %s, got %s".formatted(today, latest, c.dueOn()),
          "correct the date");
    }
    if (c.amountCents() < 1) {
      return AMOUNT_OUT_OF_RANGE
          .because(
              "amountCents",
              "a call asks for at least 1 cent, got %d".formatted(c.amountCents()),
              "give cents of a euro, 1000 for 10 €")
          .withValue(Long.toString(c.amountCents()));
    }
    long callable = register.callableCents(c.agreement(), agreement, c.funder());
    if (c.amountCents() <= callable) {
      return null;
    }
    boolean onUse = register.basis(agreement, c.funder()) == Basis.USE;
    return (onUse ? CALL_ABOVE_CLAIM : CALL_ABOVE_CEILING)
        .because(
            "amountCents",
            "%s can be called of funder %s for agreement %s (%s), got %s"
                .formatted(
                    new Cents(callable).inEnglish(),
                    c.funder(),
                    c.agreement(),
                    onUse
                        ? "its share of cheques used, less what it paid and what is called"
                        : "ceilings less what is paid in and called",
                    new Cents(c.amountCents()).inEnglish()),
            remedy(c, callable, onUse))
        .withValue(Long.toString(c.amountCents()));
  }

  private String remedy(CallFunds c, long callable, boolean onUse) {
    if (callable > 0) {
      return "call at most that";
    }
    if (!onUse) {
      return "sign an amendment with a higher ceiling";
    }
    long early = register.earlyCents(c.agreement(), c.funder());
    return early > 0
        ? "have what it owes paid by its credit, %s (transferFunds within the agreement)"
            .formatted(new Cents(early).inEnglish())
        : "wait until cheques are used";
  }
}
