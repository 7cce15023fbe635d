package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.PaymentReferences.Share;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one new payment on the account means. It remembers what the payments before it in the same
 * file have used up.
 */
final class Explanation {
  private final BankRegister register;
  private final TransferEntries transfers;
  private final RefundsByHand refunds;
  private final ReceiptsByHand receipts;
  private final NamedShares named;

  /** Names that the file has given to receipts. */
  private final Set<ReceiptId> used = new HashSet<>();

  private final Map<Share, Long> repaid = new HashMap<>();
  private final List<Asked> expected;

  /** References of expected credits that the file has shown. */
  private final Set<String> shown = new HashSet<>();

  Explanation(BankRegister register, TransferEntries transfers, List<ExpectedCredits> expected) {
    this.register = register;
    this.transfers = transfers;
    this.refunds = new RefundsByHand(register);
    this.receipts = new ReceiptsByHand(register);
    this.named = new NamedShares(register.references());
    this.expected =
        expected.stream()
            .map(credits -> new Asked(credits, new KnownWords(credits.references())))
            .toList();
  }

  /**
   * @param references under which they are asked for
   */
  private record Asked(ExpectedCredits credits, KnownWords references) {}

  /**
   * @param looked tags of what the explanation depends on
   */
  record Explained(List<Fact> facts, Set<String> looked, Entry line) {
    static Explained of(Fact fact, Set<String> looked, Entry line) {
      return new Explained(List.of(fact), looked, line);
    }

    /** A clerk may match the return that the engine does not: the bank's reason is kept for it. */
    private Explained withReason(Payment payment) {
      Optional<String> reason = payment.returned().filter(BankValues::isReason);
      return reason.isEmpty()
          ? this
          : new Explained(
              facts.stream()
                  .map(
                      fact ->
                          fact instanceof BankEntryUnmatched unmatched
                              ? unmatched.withReturned(reason.get())
                              : fact)
                  .toList(),
              looked,
              line);
    }
  }

  /**
   * @param note what the bank wrote beside it, if it was sealed
   */
  Explained explain(
      Booking booking, Payment payment, BankEntry entry, Optional<VaultReference> note) {
    return explained(booking, payment, entry, note).withReason(payment);
  }

  private Explained explained(
      Booking booking, Payment payment, BankEntry entry, Optional<VaultReference> note) {
    Optional<TransferEntries.News> news = transfers.of(booking, payment, entry);
    if (news.isPresent()) {
      return told(news.get(), payment.cents(), entry, note);
    }
    if (payment.cents() < 0) {
      Optional<CreditNoteRefunded> refund = refunds.provedBy(booking, payment);
      if (refund.isPresent()) {
        return refunded(refund.get(), payment.cents(), entry);
      }
      return unmatched(
          entry, payment.cents(), why(booking, Why.UNKNOWN_DEBIT), Optional.empty(), note);
    }
    return credit(booking, payment, entry, note);
  }

  private static Explained refunded(CreditNoteRefunded refund, long cents, BankEntry entry) {
    return Explained.of(
        new BankEntryProved(
            entry,
            cents,
            Optional.empty(),
            Optional.empty(),
            refund.bookedOn(),
            Optional.of(refund.creditNote().value())),
        refund.tags(),
        line(entry, cents, Outcome.PROVED));
  }

  private static Explained told(
      TransferEntries.News news, long cents, BankEntry entry, Optional<VaultReference> note) {
    Optional<String> transfer = Optional.of(news.transfer().value());
    if (news.why().isPresent()) {
      Explained unmatched = unmatched(entry, cents, news.why().get(), transfer, note);
      return new Explained(unmatched.facts(), news.looked(), unmatched.line());
    }
    return new Explained(news.facts(), news.looked(), of(entry, cents, news.outcome(), transfer));
  }

  /** Entries told before that have come to be returns, once the debits of a report are read. */
  List<Explained> cameBack() {
    return transfers.cameBack().stream()
        .map(
            back ->
                new Explained(
                    back.facts(),
                    back.looked(),
                    of(
                        back.waiting().entry(),
                        back.waiting().cents(),
                        Outcome.RETURNED,
                        Optional.of(back.waiting().transfer().value()))))
        .toList();
  }

  private static Entry of(BankEntry entry, long cents, Outcome outcome, Optional<String> transfer) {
    return new Entry(
        entry.id(),
        entry.bookedOn(),
        cents,
        outcome,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        transfer,
        Optional.empty());
  }

  private Explained credit(
      Booking booking, Payment payment, BankEntry entry, Optional<VaultReference> note) {
    long cents = payment.cents();
    for (Asked asked : expected) {
      Optional<String> reference = PaymentReferences.oneOf(asked.references(), payment);
      if (reference.isPresent()) {
        return expected(asked.credits(), reference.get(), cents, entry, note);
      }
    }
    Optional<FundsReceived> byHand = receipts.named(payment, entry);
    if (byHand.isPresent()) {
      return proved(byHand.get(), entry);
    }
    Set<Share> shares = named.of(payment);
    if (shares.size() == 1) {
      Share share = shares.iterator().next();
      return receipts
          .of(share, payment, entry)
          .map(receipt -> proved(receipt, entry))
          .orElseGet(() -> received(share, payment, entry));
    }
    Why why = shares.isEmpty() ? Why.NO_REFERENCE : Why.AMBIGUOUS_REFERENCE;
    return unmatched(entry, cents, why(booking, why), Optional.empty(), note);
  }

  private Explained expected(
      ExpectedCredits credits,
      String reference,
      long cents,
      BankEntry entry,
      Optional<VaultReference> note) {
    ExpectedCredits.Expected asked = credits.expected(reference);
    if (asked.paidOn().isPresent() && register.isProved(asked.name())
        || shown.contains(reference)) {
      return notAsAsked(entry, cents, Why.PAID_TWICE, note, asked);
    }
    if (asked.cents() != cents) {
      return notAsAsked(entry, cents, Why.AMOUNT_DIFFERS, note, asked);
    }
    shown.add(reference);
    Fact fact =
        asked
            .paidOn()
            .<Fact>map(
                on ->
                    new BankEntryProved(
                        entry,
                        cents,
                        Optional.empty(),
                        Optional.empty(),
                        on,
                        Optional.of(asked.name())))
            .orElseGet(() -> credits.paid(asked.name(), cents, entry));
    return Explained.of(
        fact,
        asked.looked(),
        line(entry, cents, asked.paidOn().isPresent() ? Outcome.PROVED : Outcome.RECOVERED));
  }

  private static Explained notAsAsked(
      BankEntry entry,
      long cents,
      Why why,
      Optional<VaultReference> note,
      ExpectedCredits.Expected asked) {
    return new Explained(
        List.of(
            new BankEntryUnmatched(
                entry,
                cents,
                why,
                Optional.empty(),
                note,
                Optional.empty(),
                Optional.of(asked.name()))),
        asked.looked(),
        unmatchedLine(entry, cents, why, Optional.empty()));
  }

  private static Why why(Booking booking, Why otherwise) {
    if (booking.reversal()) {
      return Why.BANK_REVERSAL;
    }
    return booking.lump() ? Why.DETAILS_MISSING : otherwise;
  }

  private Explained proved(FundsReceived receipt, BankEntry entry) {
    receipts.take(receipt);
    return Explained.of(
        new BankEntryProved(
            entry,
            receipt.amountCents(),
            Optional.of(receipt.receipt().value()),
            Optional.empty(),
            receipt.valueDate(),
            Optional.empty()),
        Set.of("receipt:" + receipt.receipt()),
        new Entry(
            entry.id(),
            entry.bookedOn(),
            receipt.amountCents(),
            Outcome.PROVED,
            Optional.of(receipt.agreement().value()),
            Optional.of(receipt.funder().value()),
            Optional.of(receipt.receipt().value()),
            Optional.empty(),
            Optional.empty()));
  }

  private Explained received(Share share, Payment payment, BankEntry entry) {
    long cents = payment.cents();
    PaymentReferences.Agreement agreement = register.references().agreement(share.agreement());
    if (agreement == null) {
      throw new IllegalStateException("a reference names %s, which is not signed".formatted(share));
    }
    ReceiptId receipt = receipt(entry);
    used.add(receipt);
    return Explained.of(
        new FundsReceived(
            receipt,
            share.agreement(),
            agreement.programme(),
            share.funder(),
            cents,
            entry.valueOn(),
            repaid(share, cents),
            Optional.of(entry),
            named.assignedIn(payment)),
        Set.of("receipt:" + receipt, "agreement:" + share.agreement()),
        new Entry(
            entry.id(),
            entry.bookedOn(),
            cents,
            Outcome.RECEIVED,
            Optional.of(share.agreement().value()),
            Optional.of(share.funder().value()),
            Optional.of(receipt.value()),
            Optional.empty(),
            Optional.empty()));
  }

  /** What the file has repaid so far is not owed any more. */
  private Optional<FundsReceived.Repaid> repaid(Share share, long cents) {
    long before = repaid.getOrDefault(share, 0L);
    long owed = register.debts().cents(share.agreement(), share.funder()) - before;
    Optional<FundsReceived.Repaid> part =
        register
            .debts()
            .repaid(share.agreement(), share.funder(), Math.max(0, Math.min(cents, owed)));
    part.ifPresent(p -> repaid.put(share, before + p.cents()));
    return part;
  }

  /**
   * The bank's own reference where it can be an identifier, so that a clerk who records the same
   * credit by hand afterwards adds nothing.
   */
  private ReceiptId receipt(BankEntry entry) {
    if (entry.part().isEmpty() && entry.reference().isPresent()) {
      try {
        ReceiptId own = new ReceiptId(entry.reference().get());
        if (!register.hasReceipt(own) && !used.contains(own)) {
          return own;
        }
      } catch (IllegalArgumentException _) {
        // Banks may use more signs than identifiers have.
      }
    }
    return new ReceiptId(entry.id());
  }

  private static Explained unmatched(
      BankEntry entry,
      long cents,
      Why why,
      Optional<String> transfer,
      Optional<VaultReference> note) {
    return Explained.of(
        new BankEntryUnmatched(entry, cents, why, transfer, note),
        Set.of(),
        unmatchedLine(entry, cents, why, transfer));
  }

  private static Entry unmatchedLine(
      BankEntry entry, long cents, Why why, Optional<String> transfer) {
    return new Entry(
        entry.id(),
        entry.bookedOn(),
        cents,
        Outcome.UNMATCHED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        transfer,
        Optional.of(why));
  }

  static Entry line(BankEntry entry, long cents, Outcome outcome) {
    return new Entry(
        entry.id(),
        entry.bookedOn(),
        cents,
        outcome,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
