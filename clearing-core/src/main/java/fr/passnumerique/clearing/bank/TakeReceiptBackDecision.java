package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.refund.RefundOrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bank has shown is the bank's to correct. What it has not is a clerk's word alone, and
 * one clerk takes it back, as one records it: nobody is paid by it, and cover can only come to lack
 * what is not there. Four eyes, as for high reversals, would keep cheques activated against such
 * cash for longer.
 *
 * <p>Where cheques are activated against it, cover is in breach from then on: that is what the cash
 * lacks. What was given back or moved to another agreement is undone there first, or paid in if
 * that cannot be undone any more, for whoever has it would be asked for it under this agreement
 * otherwise. What it had repaid for used cheques is owed again, and paid at once by what other
 * credit its funder has there. What has been repaid so with its own cents stays with the
 * pre-financier, and its funder's free credit goes below zero, as when the bank tells a receipt no
 * more: that is a breach until it pays.
 *
 * <p>Boundary: the receipt, which the bank may show meanwhile, and the agreement, whose cash may
 * leave it meanwhile.
 */
final class TakeReceiptBackDecision implements Decider<TakeReceiptBack, ReceiptTakenBack> {
  private final BankRegister register;

  TakeReceiptBackDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<TakeReceiptBack> command() {
    return TakeReceiptBack.class;
  }

  @Override
  public Decision<ReceiptTakenBack> decide(TakeReceiptBack c, Instant receivedAt) {
    Long takenBack = register.takenBack(c.receipt());
    if (takenBack != null) {
      return new Decision.Known<>(takenBack, fact -> reply((ReceiptTakenBack) fact, c));
    }
    FundsReceived receipt = register.unproved(c.receipt());
    if (receipt == null) {
      return Decision.refuse(
          register.hasReceipt(c.receipt())
              ? BankRefusal.RECEIPT_SHOWN.because(
                  "receiptId",
                  "receipt %s is on a statement of the bank, or was".formatted(c.receipt()),
                  "have the bank correct its statement; what it tells no more is taken back by"
                      + " closeBankException")
              : BankRefusal.UNKNOWN_RECEIPT.because(
                  "receiptId",
                  "receipt %s is not recorded".formatted(c.receipt()),
                  "correct the identifier"));
    }
    Refusal refusal = movedOn(receipt, receipt.funder(), receipt.ownCents());
    if (refusal == null && receipt.repaid().isPresent()) {
      FundsReceived.Repaid repaid = receipt.repaid().get();
      refusal = movedOn(receipt, repaid.preFinancier(), repaid.cents());
    }
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ReceiptTakenBack back = ReceiptTakenBack.of(receipt, c.reason(), c.by());
    List<Fact> facts = new ArrayList<>();
    facts.add(back);
    facts.addAll(register.paidEarly().repayments("receipt:" + c.receipt(), List.of(back)));
    return new Decision.Accept<>(facts, Boundary.of(back.tags()), back);
  }

  private @Nullable Refusal movedOn(FundsReceived receipt, FunderId owner, long cents) {
    long there = register.paidIn().cents(receipt.agreement(), owner);
    return cents <= Math.max(0, there)
        ? null
        : BankRefusal.RECEIPT_MOVED_ON.because(
            "receiptId",
            "receipt %s brought %s of funder %s for agreement %s, of whose money %s has not left it"
                .formatted(
                    receipt.receipt(),
                    new Cents(cents).inEnglish(),
                    owner,
                    receipt.agreement(),
                    new Cents(Math.max(0, there)).inEnglish()),
            String.join(", or ", ways(receipt, owner, cents - there)) + ", and take it back then");
  }

  /**
   * What brings the money back. What the funder has got, or what is used where it went, nobody can
   * undo: the funder is to pay it in.
   */
  private List<String> ways(FundsReceived receipt, FunderId owner, long missingCents) {
    List<String> ways = new ArrayList<>();
    long cancellable = 0;
    for (CreditGivenBack one : register.paidIn().promised(receipt.agreement(), owner)) {
      RefundOrderId order = register.paidIn().underWay(one.creditNote());
      if (order == null) {
        ways.add("cancel give-back %s (cancelGiveBack)".formatted(one.giveBack()));
        cancellable += one.amountCents();
      } else {
        ways.add(
            "wait for the bank's word on the refund of give-back %s (or cancel order %s by cancelRefunds while nobody has downloaded its file)"
                .formatted(one.giveBack(), order));
      }
    }
    if (cancellable < missingCents) {
      for (AgreementId other : register.paidIn().movedTo(receipt.agreement(), owner)) {
        ways.add("transfer funds back from agreement %s (transferFunds)".formatted(other));
      }
      ways.add(
          "have funder %s pay in %s (callFunds)"
              .formatted(owner, new Cents(missingCents).inEnglish()));
    }
    return ways;
  }

  private static Decision.Reply<ReceiptTakenBack> reply(
      ReceiptTakenBack recorded, TakeReceiptBack c) {
    return recorded.reason().filter(c.reason()::equals).isPresent()
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            BankRefusal.RECEIPT_ALREADY_TAKEN_BACK.because(
                "reason",
                "receipt %s was taken back for another reason%s"
                    .formatted(
                        recorded.receipt(),
                        recorded.reason().map(reason -> ", " + reason).orElse("")),
                "nothing is to be done"));
  }
}
