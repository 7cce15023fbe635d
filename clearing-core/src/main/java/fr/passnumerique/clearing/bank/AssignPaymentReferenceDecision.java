package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.PaymentReferences.Agreement;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.money.CreditorReference;
import java.time.Instant;

/** Boundary: the reference. */
final class AssignPaymentReferenceDecision
    implements Decider<AssignPaymentReference, PaymentReferenceAssigned> {
  private static final int SHORTEST = 4;
  private static final int LONGEST = 35;

  private final BankRegister register;

  AssignPaymentReferenceDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<AssignPaymentReference> command() {
    return AssignPaymentReference.class;
  }

  @Override
  public Decision<PaymentReferenceAssigned> decide(AssignPaymentReference c, Instant receivedAt) {
    Agreement agreement = register.references().agreement(c.agreement());
    if (agreement == null) {
      return Decision.refuse(
          BankRefusal.UNKNOWN_AGREEMENT.because(
              "agreement",
              "agreement %s is not signed".formatted(c.agreement()),
              "sign it first or correct the identifier"));
    }
    String reference =
        c.reference()
            .map(PaymentReferences::words)
            .orElseGet(() -> CreditorReference.madeFrom(c.agreement() + "|" + c.funder()));
    PaymentReferenceAssigned assigned =
        new PaymentReferenceAssigned(reference, c.agreement(), c.funder());
    Share known = register.references().assigned(reference);
    if (known != null) {
      return known.equals(new Share(c.agreement(), c.funder()))
          ? new Decision.Unchanged<>(assigned)
          : Decision.refuse(
              BankRefusal.REFERENCE_TAKEN.because(
                  "reference",
                  "reference %s is that of another agreement or funder".formatted(reference),
                  "choose another, or leave it out and have one made"));
    }
    if (!agreement.funders().contains(c.funder())) {
      return Decision.refuse(
          BankRefusal.FUNDER_NOT_IN_AGREEMENT.because(
              "funder",
              "funder %s has no share in agreement %s".formatted(c.funder(), c.agreement()),
              "name a funder of the agreement"));
    }
    int length = reference.replace(" ", "").length();
    boolean creditor = reference.startsWith("RF") && reference.matches("RF\\d{2} ?[A-Z0-9 ]+");
    if (length < SHORTEST
        || reference.length() > LONGEST
        || creditor && !CreditorReference.isOne(reference.replace(" ", ""))) {
      return Decision.refuse(
          BankRefusal.REFERENCE_NOT_USABLE.because(
              "reference",
              "a reference has %d to %d letters and digits, and RF with its check digits is right"
                  .formatted(SHORTEST, LONGEST),
              "choose another, or leave it out and have one made"));
    }
    return Decision.accept(assigned, Boundary.of(assigned.tags()), assigned);
  }
}
