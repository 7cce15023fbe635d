package fr.passnumerique.clearing.giveback;

import static fr.passnumerique.clearing.giveback.GiveBackRefusal.AMOUNT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.CREDIT_TOO_LOW;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.FUNDER_NOT_IN_AGREEMENT;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.GIVE_BACK_ALREADY_MADE;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.UNKNOWN_AGREEMENT;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the give-back's own identifier and at the agreement: who its funders are, and what of
 * the funder's cash for it is free. Whatever takes or brings cash changes its agreement, so the
 * same cent is never given back and set aside for a cheque.
 *
 * <p>The agreement's period is not looked at: what will not be used is given back whenever funder
 * and operator agree. Nor is a breach of others' cash: what the bank took unasked may be this very
 * give-back, which explains it.
 */
final class GiveBackCreditDecision implements Decider<GiveBackCredit, GiveBackCredit.Given> {
  private final GiveBackRegister register;

  GiveBackCreditDecision(GiveBackRegister register) {
    this.register = register;
  }

  @Override
  public Class<GiveBackCredit> command() {
    return GiveBackCredit.class;
  }

  @Override
  public Decision<GiveBackCredit.Given> decide(GiveBackCredit c, Instant receivedAt) {
    GiveBackRegister.GiveBack made = register.giveBack(c.giveBack());
    if (made != null) {
      return new Decision.Known<>(made.position(), fact -> reply((CreditGivenBack) fact, made, c));
    }
    ProgrammeId programme = register.programme(c.agreement());
    if (programme == null) {
      return Decision.refuse(
          UNKNOWN_AGREEMENT.because(
              "agreement",
              "agreement %s is not signed".formatted(c.agreement()),
              "sign it first or correct the identifier"));
    }
    Refusal refusal = refusal(c);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    CreditGivenBack fact =
        new CreditGivenBack(
            c.giveBack(),
            CreditNoteId.ofFreeCredit(c.giveBack().value(), c.funder()),
            c.agreement(),
            programme,
            c.funder(),
            c.amountCents(),
            Paris.dayOf(receivedAt),
            c.by());
    return Decision.accept(
        fact, Boundary.of(fact.tags()), GiveBackCredit.Given.of(fact, Optional.empty()));
  }

  /** The day on which it was made and who made it are not the caller's to repeat. */
  private static Decision.Reply<GiveBackCredit.Given> reply(
      CreditGivenBack recorded, GiveBackRegister.GiveBack made, GiveBackCredit c) {
    boolean same =
        recorded.agreement().equals(c.agreement())
            && recorded.funder().equals(c.funder())
            && recorded.amountCents() == c.amountCents();
    return same
        ? new Decision.Reply.Same<>(
            GiveBackCredit.Given.of(
                recorded, Optional.of(made.cancelledAt()).filter(position -> position > 0)))
        : new Decision.Reply.Different<>(
            GIVE_BACK_ALREADY_MADE.because(
                "giveBack",
                "give-back %s is made with other contents".formatted(c.giveBack()),
                "choose another identifier for another give-back"));
  }

  private @Nullable Refusal refusal(GiveBackCredit c) {
    if (!register.isParty(c.agreement(), c.funder())) {
      return FUNDER_NOT_IN_AGREEMENT.because(
          "funder",
          "funder %s has no share in agreement %s and advances none"
              .formatted(c.funder(), c.agreement()),
          "name a funder of the agreement");
    }
    if (c.amountCents() < 1) {
      return AMOUNT_OUT_OF_RANGE
          .because(
              "amountCents",
              "a give-back is of at least 1 cent, got %d".formatted(c.amountCents()),
              "give cents of a euro, 1000 for 10 €")
          .withValue(Long.toString(c.amountCents()));
    }
    PaidEarly.Leaving leaving = register.paidEarly().mayLeave(c.agreement(), c.funder());
    return c.amountCents() <= leaving.cents()
        ? null
        : CREDIT_TOO_LOW
            .because(
                "amountCents",
                "%s of funder %s can leave agreement %s, which is not set aside for cheques or owed, got %s"
                    .formatted(
                        new Cents(leaving.cents()).inEnglish(),
                        c.funder(),
                        c.agreement(),
                        new Cents(c.amountCents()).inEnglish()),
                leaving.remedy(
                    "give back at most that",
                    "wait until its cheques expire: their value is due back by the order's credit"
                        + " note"))
            .withValue(Long.toString(c.amountCents()));
  }
}
