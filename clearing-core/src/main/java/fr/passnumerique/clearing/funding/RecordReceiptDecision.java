package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.AMOUNT_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDER_NOT_IN_AGREEMENT;
import static fr.passnumerique.clearing.funding.FundingRefusal.RECEIPT_ALREADY_RECORDED;
import static fr.passnumerique.clearing.funding.FundingRefusal.RECEIPT_TAKEN_BACK;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_AGREEMENT;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_FUNDER;
import static fr.passnumerique.clearing.funding.FundingRefusal.VALUE_DATE_IN_FUTURE;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the receipt's own identifier, at the funders of its agreement, and at its calls. */
final class RecordReceiptDecision implements Decider<RecordReceipt, FundsReceived> {
  private final FundingRegister register;
  private final NamedCalls calls;

  RecordReceiptDecision(FundingRegister register, NamedCalls calls) {
    this.register = register;
    this.calls = calls;
  }

  @Override
  public Class<RecordReceipt> command() {
    return RecordReceipt.class;
  }

  @Override
  public Decision<FundsReceived> decide(RecordReceipt c, Instant receivedAt) {
    Long recorded = register.receipt(c.receipt());
    if (register.isTakenBack(c.receipt())) {
      return Decision.refuse(
          RECEIPT_TAKEN_BACK.because(
              "receipt",
              "receipt %s was taken back: the bank tells its credit no more, or never showed it"
                  .formatted(c.receipt()),
              "nothing is to be done; if the money has come since, import the statement that tells"
                  + " it, or record it under another reference"));
    }
    if (recorded != null) {
      return new Decision.Known<>(recorded, fact -> reply((FundsReceived) fact, c));
    }
    FundingRegister.Agreement signed = register.agreement(c.agreement());
    if (signed == null) {
      return Decision.refuse(unknown("agreement", c.agreement()));
    }
    Refusal refusal = refusal(c, signed, Paris.dayOf(receivedAt));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    FundsReceived received =
        new FundsReceived(
            c.receipt(),
            c.agreement(),
            signed.signed().programme(),
            c.funder(),
            c.amountCents(),
            c.valueDate(),
            register.debts().repaid(c.agreement(), c.funder(), c.amountCents()),
            Optional.empty(),
            c.call().flatMap(calls::find).map(NamedCalls.Named::reference));
    return Decision.accept(
        received, Boundary.of("receipt:" + c.receipt(), "agreement:" + c.agreement()), received);
  }

  static Refusal unknown(String field, AgreementId agreement) {
    return UNKNOWN_AGREEMENT.because(
        field,
        "agreement %s is not signed".formatted(agreement),
        "sign it first or correct the identifier");
  }

  private Decision.Reply<FundsReceived> reply(FundsReceived recorded, RecordReceipt c) {
    boolean same =
        recorded.agreement().equals(c.agreement())
            && recorded.funder().equals(c.funder())
            && recorded.amountCents() == c.amountCents()
            && recorded.valueDate().equals(c.valueDate())
            && settlesTheSame(recorded, c);
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            RECEIPT_ALREADY_RECORDED.because(
                "receipt",
                "receipt %s is recorded with other contents".formatted(c.receipt()),
                "use the bank's reference of this credit, one for each"));
  }

  /** A clerk who repeats what the bank's file told need not know which call its text named. */
  private boolean settlesTheSame(FundsReceived recorded, RecordReceipt c) {
    return c.call().isEmpty()
        ? recorded.reference().isEmpty() || recorded.entry().isPresent()
        : recorded
            .reference()
            .equals(c.call().flatMap(calls::find).map(NamedCalls.Named::reference));
  }

  private @Nullable Refusal refusal(
      RecordReceipt c, FundingRegister.Agreement signed, LocalDate today) {
    if (register.funder(c.funder()) == null) {
      return UNKNOWN_FUNDER.because(
          "funder",
          "funder %s is not registered".formatted(c.funder()),
          "register it first or correct the identifier");
    }
    return Bounds.first(
        Bounds.day("valueDate", c.valueDate()),
        signed.has(c.funder())
            ? null
            : FUNDER_NOT_IN_AGREEMENT.because(
                "funder",
                "funder %s has no share in agreement %s and advances none"
                    .formatted(c.funder(), c.agreement()),
                "name a funder of the agreement or the agreement that it pays for"),
        Bounds.amount(AMOUNT_OUT_OF_RANGE, "amountCents", c.amountCents()),
        c.valueDate().isAfter(today)
            ? VALUE_DATE_IN_FUTURE.because(
                "valueDate",
                "a receipt is recorded once the bank has the money, valueDate is %s and today is %s"
                    .formatted(c.valueDate(), today),
                "correct the date or record it on that day")
            : null,
        c.call().isEmpty() ? null : calls.refusal(c.call().get(), c.agreement(), c.funder()));
  }
}
