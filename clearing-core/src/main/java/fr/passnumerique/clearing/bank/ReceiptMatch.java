package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.money.Cents;
import java.util.List;
import java.util.Optional;

/** An entry that a clerk says is the proof of a receipt recorded by hand. */
final class ReceiptMatch {
  private final BankRegister register;

  ReceiptMatch(BankRegister register) {
    this.register = register;
  }

  Decision<BankEntryMatched> prove(MatchBankEntry c, BankEntryUnmatched entry, ReceiptId id) {
    FundsReceived receipt = register.unproved(id);
    if (receipt == null) {
      return Decision.refuse(
          register.hasReceipt(id)
              ? BankRefusal.RECEIPT_DIFFERS.because(
                  "receipt",
                  "receipt %s is proved by another entry already".formatted(id),
                  "name the receipt that this entry proves")
              : BankRefusal.UNKNOWN_RECEIPT.because(
                  "receipt",
                  "receipt %s is not recorded".formatted(id),
                  "correct the identifier, or say whose money it is"));
    }
    if (receipt.amountCents() != entry.cents()) {
      return Decision.refuse(
          BankRefusal.RECEIPT_DIFFERS.because(
              "receipt",
              "receipt %s is of %s and the entry of %s"
                  .formatted(
                      id,
                      new Cents(receipt.amountCents()).inEnglish(),
                      new Cents(entry.cents()).inEnglish()),
              "name the receipt that this entry proves"));
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(),
            entry.cents(),
            List.of(),
            Optional.of(id.value()),
            Optional.empty(),
            c.by());
    return new Decision.Accept<>(
        List.of(
            matched,
            new BankEntryProved(
                entry.entry(),
                entry.cents(),
                Optional.of(id.value()),
                Optional.empty(),
                receipt.valueDate(),
                Optional.empty())),
        Boundary.of(entry.entry().tag(), "bank", "receipt:" + id),
        matched);
  }
}
