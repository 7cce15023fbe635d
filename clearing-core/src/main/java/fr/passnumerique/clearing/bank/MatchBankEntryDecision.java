package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.PaymentReferences.Agreement;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Boundary: the entry, the agreements whose money it is, with their calls, the receipt, transfer,
 * debit or credit note that it is of.
 */
final class MatchBankEntryDecision implements Decider<MatchBankEntry, BankEntryMatched> {
  private final BankRegister register;
  private final TransferWord word;
  private final DebitNoteMatch debitNotes;
  private final NamedCalls calls;

  MatchBankEntryDecision(
      BankRegister register, TransferWord word, List<ExpectedCredits> expected, NamedCalls calls) {
    this.register = register;
    this.word = word;
    this.debitNotes = new DebitNoteMatch(register, expected);
    this.calls = calls;
  }

  @Override
  public Class<MatchBankEntry> command() {
    return MatchBankEntry.class;
  }

  @Override
  public Decision<BankEntryMatched> decide(MatchBankEntry c, Instant receivedAt) {
    Long matched = register.matched(c.entry());
    if (matched != null) {
      return new Decision.Known<>(matched, recorded -> reply(c, recorded));
    }
    BankRegister.Unmatched unmatched = register.unmatched(c.entry());
    if (unmatched == null) {
      return Decision.refuse(unknown("entryId", c.entry()));
    }
    BankEntryUnmatched entry = unmatched.fact();
    int given =
        (c.parts().isEmpty() ? 0 : 1)
            + (c.receipt().isPresent() ? 1 : 0)
            + (c.transfer().isPresent() ? 1 : 0)
            + (c.debitNote().isPresent() ? 1 : 0)
            + (c.creditNote().isPresent() ? 1 : 0);
    if (given != 1) {
      return Decision.refuse(
          BankRefusal.EXPLANATION_MISSING.because(
              "parts",
              "an entry is somebody's money, the proof of a receipt, a transfer's, a debit note's,"
                  + " a credit note's or undone by another entry",
              "give one of parts, receipt, transfer, debitNote, creditNote and against"));
    }
    if (c.transfer().isPresent()) {
      return end(c, entry, c.transfer().get());
    }
    if (c.charges().isPresent()) {
      return Decision.refuse(
          BankRefusal.CHARGES_WITHOUT_TRANSFER.because(
              "charges",
              "charges of %d cents are kept of a transfer, and none is named"
                  .formatted(c.charges().get().cents()),
              "name the transfer, or leave the charges out"));
    }
    if (c.creditNote().isPresent()) {
      return refunds(c, entry, c.creditNote().get());
    }
    if (entry.cents() < 0) {
      return Decision.refuse(
          BankRefusal.NOT_A_CREDIT.because(
              "entryId",
              "entry %s went out with %s, and only what came in can be a funder's or pay a debit note"
                  .formatted(c.entry(), new Cents(-entry.cents()).inEnglish()),
              "name the transfer that it pays or the credit note that it refunds, or offset it"
                  + " against the credit that makes up for it"));
    }
    if (c.debitNote().isPresent()) {
      return debitNotes.pay(c, entry, c.debitNote().get());
    }
    return c.receipt().isPresent() ? prove(c, entry, c.receipt().get()) : divide(c, entry);
  }

  private static Decision.Reply<BankEntryMatched> reply(MatchBankEntry c, Fact recorded) {
    return recorded instanceof BankEntryMatched matched
            && matched.parts().equals(c.parts())
            && matched.receipt().equals(c.receipt().map(ReceiptId::value))
            && matched.transfer().equals(c.transfer().map(TransferId::value))
            && matched.debitNote().equals(c.debitNote())
            && matched.creditNote().equals(c.creditNote())
            && matched.charges().equals(c.charges())
        ? new Decision.Reply.Same<>(matched)
        : new Decision.Reply.Different<>(
            BankRefusal.ENTRY_ALREADY_MATCHED.because(
                "entryId",
                "entry %s is explained already, and in another way".formatted(c.entry()),
                "read what is recorded of it; an explanation is final"));
  }

  static Refusal unknown(String field, String entry) {
    return BankRefusal.UNKNOWN_ENTRY.because(
        field,
        "no unmatched entry is called so (%d characters)".formatted(entry.length()),
        "read the unmatched entries for their names");
  }

  private Decision<BankEntryMatched> prove(
      MatchBankEntry c, BankEntryUnmatched entry, ReceiptId id) {
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

  /** The bank shows what a clerk recorded by hand; what no clerk has recorded is recorded first. */
  private Decision<BankEntryMatched> refunds(
      MatchBankEntry c, BankEntryUnmatched entry, String note) {
    CreditNoteRefunded refund = register.refundedByHand(note);
    if (refund == null) {
      return Decision.refuse(
          BankRefusal.REFUND_NOT_RECORDED.because(
              "creditNote",
              "no credit note called so was refunded by hand (%d characters)"
                  .formatted(note.length()),
              "record its refund by refundCreditNote, or name the transfer that paid it"));
    }
    if (refund.amountCents() != -entry.cents() || register.isProved(note)) {
      return Decision.refuse(
          BankRefusal.REFUND_DIFFERS.because(
              "creditNote",
              "credit note %s was refunded by %s%s; the entry is of %s"
                  .formatted(
                      refund.creditNote(),
                      new Cents(refund.amountCents()).inEnglish(),
                      register.isProved(note) ? ", which the bank has shown already" : "",
                      new Cents(entry.cents()).inEnglish()),
              "name the credit note that this entry refunds"));
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
            c.creditNote());
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag()));
    looked.addAll(refund.tags());
    return new Decision.Accept<>(
        List.of(
            matched,
            new BankEntryProved(
                entry.entry(),
                entry.cents(),
                Optional.empty(),
                Optional.empty(),
                refund.bookedOn(),
                c.creditNote())),
        Boundary.of(looked),
        matched);
  }

  /** As the entry would have ended the transfer if the bank had named it. */
  private Decision<BankEntryMatched> end(
      MatchBankEntry c, BankEntryUnmatched entry, TransferId id) {
    Optional<Known> found = word.find(id.value());
    if (found.isEmpty()) {
      return Decision.refuse(
          BankRefusal.UNKNOWN_TRANSFER.because(
              "transfer",
              "transfer %s was never ordered".formatted(id),
              "read the settlement runs for their transfers"));
    }
    Known known = found.get();
    long charges = c.charges().map(BankEntryMatched.Charges::cents).orElse(0L);
    if (c.charges().isPresent() && charges < 1) {
      return Decision.refuse(
          BankRefusal.AMOUNT_OUT_OF_RANGE.because(
              "charges.cents",
              "charges are 1 cent or more, got %d".formatted(charges),
              "give what the bank kept, or leave the charges out"));
    }
    List<Fact> end = isOf(entry, known.amountCents(), charges) ? end(known, entry) : List.of();
    if (end.isEmpty()) {
      return Decision.refuse(differs(known, entry, charges));
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(),
            entry.cents(),
            List.of(),
            Optional.empty(),
            Optional.of(id.value()),
            c.by(),
            Optional.empty(),
            Optional.empty(),
            c.charges());
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag(), "transfer:" + id));
    end.forEach(fact -> looked.addAll(fact.tags()));
    looked.addAll(word.reversalsOf(id));
    List<Fact> facts = new ArrayList<>(List.of(matched));
    facts.addAll(end);
    if (charges > 0) {
      facts.add(kept(entry, charges, id));
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), matched);
  }

  /** Whether an entry is the amount of a transfer out, or back, less what a bank kept. */
  private static boolean isOf(BankEntryUnmatched entry, long amountCents, long chargesCents) {
    long whole = Math.addExact(entry.cents(), chargesCents);
    return entry.cents() > 0 ? whole == amountCents : whole == -amountCents;
  }

  private static Refusal differs(Known known, BankEntryUnmatched entry, long charges) {
    return BankRefusal.TRANSFER_DIFFERS.because(
        "transfer",
        "transfer %s is %s, and of %s; the entry is of %s%s"
            .formatted(
                known.transfer(),
                known.standing(),
                new Cents(known.amountCents()).inEnglish(),
                new Cents(entry.cents()).inEnglish(),
                charges > 0
                    ? " with charges of " + new Cents(charges).inEnglish()
                    : " without charges"),
        "name a transfer of this amount that waits for its debit, or one that is paid if the money"
            + " came back; where a bank kept something of it, say so by charges");
  }

  /**
   * What a bank kept is gone from the account and is nobody's: the payee is paid, or owed, the
   * whole amount, and no funder pays fees. So it stands as a debit that breaks cover, until the
   * operator has paid it in and the two entries are offset, as fees that the bank books by
   * themselves do. The road not taken, an account of its own for fees, would have them forgotten.
   */
  private static BankEntryUnmatched kept(BankEntryUnmatched entry, long charges, TransferId id) {
    return new BankEntryUnmatched(
        entry.entry().charges(),
        -charges,
        BankEntryUnmatched.Why.CHARGES,
        Optional.of(id.value()),
        Optional.empty());
  }

  /**
   * @return empty if it cannot have ended so
   */
  private List<Fact> end(Known known, BankEntryUnmatched entry) {
    TransferId id = known.transfer();
    if (entry.cents() > 0) {
      return known.standing() == Standing.CONFIRMED
          ? List.of(word.returned(id, TransferNews.NO_REASON, entry.entry()))
          : List.of();
    }
    return switch (known.standing()) {
      case ORDERED -> List.of(word.confirmed(id, entry.entry()));
      case EXECUTED -> List.of(word.debited(id, entry.entry()));
      case CONFIRMED ->
          register.isProved(id)
              ? List.of()
              : List.of(
                  new BankEntryProved(
                      entry.entry(),
                      // Of what a clerk recorded: what was kept besides is booked apart.
                      -known.amountCents(),
                      Optional.empty(),
                      Optional.of(id.value()),
                      known.endedOn().orElse(entry.entry().bookedOn()),
                      Optional.empty()));
      case REJECTED ->
          word.reinstated(id, entry.entry().bookedOn())
              .map(reinstated -> List.<Fact>of(reinstated, word.confirmed(id, entry.entry())))
              .orElse(List.of());
      case UNSENT, RETURNED -> List.of();
    };
  }

  private Decision<BankEntryMatched> divide(MatchBankEntry c, BankEntryUnmatched entry) {
    Refusal refusal = refusal(c, entry);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(), entry.cents(), c.parts(), Optional.empty(), Optional.empty(), c.by());
    List<Fact> facts = new ArrayList<>();
    facts.add(matched);
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag()));
    Map<Share, Long> repaid = new HashMap<>();
    for (Part part : c.parts()) {
      Agreement agreement = agreement(part);
      ReceiptId receipt = new ReceiptId(entry.entry().id() + "-" + facts.size());
      Share share = new Share(part.agreement(), part.funder());
      long before = repaid.getOrDefault(share, 0L);
      long owed = register.debts().cents(part.agreement(), part.funder()) - before;
      Optional<FundsReceived.Repaid> back =
          register
              .debts()
              .repaid(
                  part.agreement(), part.funder(), Math.max(0, Math.min(part.amountCents(), owed)));
      back.ifPresent(r -> repaid.put(share, before + r.cents()));
      looked.add("receipt:" + receipt);
      looked.add("agreement:" + part.agreement());
      facts.add(
          new FundsReceived(
              receipt,
              part.agreement(),
              agreement.programme(),
              part.funder(),
              part.amountCents(),
              entry.entry().valueOn(),
              back,
              Optional.of(entry.entry()),
              part.call().flatMap(calls::find).map(NamedCalls.Named::reference)));
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), matched);
  }

  private Agreement agreement(Part part) {
    Agreement agreement = register.references().agreement(part.agreement());
    if (agreement == null) {
      throw new IllegalStateException("a part got past UNKNOWN_AGREEMENT");
    }
    return agreement;
  }

  private @Nullable Refusal refusal(MatchBankEntry c, BankEntryUnmatched entry) {
    long sum = 0;
    for (Part part : c.parts()) {
      Refusal refusal = refusalOfShare(register.references().agreement(part.agreement()), part);
      if (refusal == null && part.call().isPresent()) {
        refusal = calls.refusal(part.call().get(), part.agreement(), part.funder());
      }
      if (refusal != null) {
        return refusal;
      }
      if (part.amountCents() < 1 || part.amountCents() > entry.cents()) {
        return BankRefusal.AMOUNT_OUT_OF_RANGE.because(
            "amountCents",
            "a part is 1 to %d cents, got %d".formatted(entry.cents(), part.amountCents()),
            "give what of the entry is this funder's");
      }
      sum = Math.addExact(sum, part.amountCents());
    }
    return sum == entry.cents()
        ? null
        : BankRefusal.PARTS_DO_NOT_SUM.because(
            "parts",
            "the parts come to %s and the entry is of %s"
                .formatted(new Cents(sum).inEnglish(), new Cents(entry.cents()).inEnglish()),
            "%s %s"
                .formatted(
                    sum < entry.cents() ? "add" : "take away",
                    new Cents(Math.abs(entry.cents() - sum)).inEnglish()));
  }

  private static @Nullable Refusal refusalOfShare(@Nullable Agreement agreement, Part part) {
    if (agreement == null) {
      return BankRefusal.UNKNOWN_AGREEMENT.because(
          "agreement",
          "agreement %s is not signed".formatted(part.agreement()),
          "sign it first or correct the identifier");
    }
    return agreement.funders().contains(part.funder())
        ? null
        : BankRefusal.FUNDER_NOT_IN_AGREEMENT.because(
            "funder",
            "funder %s has no share in agreement %s".formatted(part.funder(), part.agreement()),
            "name a funder of the agreement or the agreement that it pays for");
  }
}
