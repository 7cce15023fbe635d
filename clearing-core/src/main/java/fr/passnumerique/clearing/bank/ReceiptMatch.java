package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry that a clerk says is the proof of a receipt recorded by hand, or of several that one
 * payment brought together.
 */
final class ReceiptMatch {
  private final BankRegister register;

  ReceiptMatch(BankRegister register) {
    this.register = register;
  }

  Decision<BankEntryMatched> prove(
      MatchBankEntry c, BankEntryUnmatched entry, List<ReceiptId> ids) {
    List<FundsReceived> receipts = new ArrayList<>();
    for (ReceiptId id : ids) {
      FundsReceived receipt = register.unproved(id);
      if (receipt == null) {
        return Decision.refuse(unprovable("receipts", id));
      }
      if (receipts.contains(receipt)) {
        return Decision.refuse(
            BankRefusal.RECEIPT_DIFFERS.because(
                "receipts", "receipt %s is named twice".formatted(id), "name each receipt once"));
      }
      receipts.add(receipt);
    }
    long sum = receipts.stream().mapToLong(FundsReceived::amountCents).reduce(0, Math::addExact);
    if (sum != entry.cents()) {
      return Decision.refuse(
          BankRefusal.RECEIPT_DIFFERS.because(
              "receipts",
              "the receipts come to %s and the entry is of %s, %s %s"
                  .formatted(
                      new Cents(sum).inEnglish(),
                      new Cents(entry.cents()).inEnglish(),
                      new Cents(Math.abs(sum - entry.cents())).inEnglish(),
                      sum > entry.cents() ? "less" : "more"),
              "name all the receipts that this entry proves and no others; take back the one that"
                  + " is wrong (takeReceiptBack)"));
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(),
            entry.cents(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            c.by(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ids.stream().map(ReceiptId::value).toList());
    List<Fact> facts = new ArrayList<>();
    facts.add(matched);
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag()));
    for (FundsReceived receipt : receipts) {
      looked.add("receipt:" + receipt.receipt());
      facts.add(proved(entry, receipt));
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), matched);
  }

  private Refusal unprovable(String field, ReceiptId id) {
    return register.hasReceipt(id)
        ? BankRefusal.RECEIPT_DIFFERS.because(
            field,
            register.takenBack(id) != null
                ? "receipt %s was taken back".formatted(id)
                : "receipt %s is proved by another entry already".formatted(id),
            "name the receipt that this entry proves")
        : BankRefusal.UNKNOWN_RECEIPT.because(
            field,
            "receipt %s is not recorded".formatted(id),
            "correct the identifier, or say whose money it is");
  }

  private static BankEntryProved proved(BankEntryUnmatched entry, FundsReceived receipt) {
    return new BankEntryProved(
        entry.entry(),
        receipt.amountCents(),
        Optional.of(receipt.receipt().value()),
        Optional.empty(),
        receipt.valueDate(),
        Optional.empty());
  }

  Decision<BankEntryMatched> prove(MatchBankEntry c, BankEntryUnmatched entry, ReceiptId id) {
    FundsReceived receipt = register.unproved(id);
    if (receipt == null) {
      return Decision.refuse(unprovable("receipt", id));
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
              "name the receipt that this entry proves, or all of them (receipts) where one payment"
                  + " brought several"));
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
        List.of(matched, proved(entry, receipt)),
        Boundary.of(entry.entry().tag(), "bank", "receipt:" + id),
        matched);
  }
}
