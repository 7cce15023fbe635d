package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits.Expected;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits.NoMore;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry that pays a debit note which a clerk names: as much of the note as the entry brings, and
 * never more than it asks for; or the bank's proof of what a clerk recorded of it before; or what a
 * payment of it has left that the bank tells no more.
 */
final class DebitNoteMatch {
  private final BankRegister register;
  private final AskedCredits asked;

  DebitNoteMatch(BankRegister register, List<ExpectedCredits> expected) {
    this.register = register;
    this.asked = new AskedCredits(register, expected);
  }

  Decision<BankEntryMatched> match(MatchBankEntry c, BankEntryUnmatched entry, String debitNote) {
    Optional<AskedCredits.Named> found = asked.named(debitNote);
    if (found.isEmpty()) {
      return Decision.refuse(
          BankRefusal.UNKNOWN_DEBIT_NOTE.because(
              "debitNote",
              "no debit note is called %s".formatted(Problem.shown(debitNote)),
              "read the venue's debit notes for their names"));
    }
    return entry.cents() < 0
        ? takeBack(c, entry, found.get().asked())
        : pay(c, entry, found.get().credits(), found.get().asked());
  }

  /** What the payment of the note had left when the bank told it no more. */
  private Decision<BankEntryMatched> takeBack(
      MatchBankEntry c, BankEntryUnmatched entry, Expected note) {
    if (!register.leftOf(entry.entry()).filter(note.name()::equals).isPresent()) {
      return Decision.refuse(
          BankRefusal.DEBIT_NOTE_DIFFERS.because(
              "debitNote",
              "entry %s is not what a payment of debit note %s has left"
                  .formatted(c.entry(), note.name()),
              "name the debit note that its booking had paid"));
    }
    Optional<Fact> back =
        asked.takenBack(
            note.name(),
            new NoMore(entry.entry(), -entry.cents(), Optional.empty(), c.by()),
            List.of());
    if (back.isEmpty()) {
      return Decision.refuse(
          BankRefusal.DEBIT_NOTE_PAYMENT_STANDS.because(
              "debitNote",
              "less than %s of what debit note %s was paid can be undone: its lines are on a credit"
                      .formatted(new Cents(-entry.cents()).inEnglish(), note.name())
                  + " note or lifted, or the bank has still to show the rest that a clerk recorded",
              "match the rest once the bank shows it, or take it back"
                  + " (takeDebitNotePaymentBack); else have the money paid in, and offset the"
                  + " two entries"));
    }
    BankEntryMatched matched = matched(c, entry);
    Set<String> looked = new HashSet<>(note.looked());
    looked.addAll(back.get().tags());
    return new Decision.Accept<>(List.of(matched, back.get()), Boundary.of(looked), matched);
  }

  private static BankEntryMatched matched(MatchBankEntry c, BankEntryUnmatched entry) {
    return new BankEntryMatched(
        entry.entry(),
        entry.cents(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        c.by(),
        c.debitNote(),
        Optional.empty());
  }

  private Decision<BankEntryMatched> pay(
      MatchBankEntry c, BankEntryUnmatched entry, ExpectedCredits credits, Expected asked) {
    String name = asked.name();
    Optional<LocalDate> byHand = asked.paidOn();
    if (byHand.isPresent() && register.isProved(name)) {
      return Decision.refuse(
          BankRefusal.DEBIT_NOTE_ALREADY_PAID.because(
              "debitNote",
              "debit note %s is paid since %s, and the bank has shown it"
                  .formatted(name, byHand.get()),
              "name another debit note, or pay the money back and offset the two entries"));
    }
    if (byHand.isPresent() ? entry.cents() != asked.cents() : entry.cents() > asked.cents()) {
      return Decision.refuse(
          BankRefusal.ABOVE_DEBIT_NOTE.because(
              "debitNote",
              (byHand.isPresent()
                      ? "the payment of debit note %s that a clerk recorded is of %s, the entry of"
                          + " %s"
                      : "debit note %s still asks for %s, the entry is of %s")
                  .formatted(
                      name,
                      new Cents(asked.cents()).inEnglish(),
                      new Cents(entry.cents()).inEnglish()),
              byHand.isPresent()
                  ? "name the debit note that it pays, or take back what the clerk recorded"
                      + " (takeDebitNotePaymentBack) and match the entry then; if that is refused,"
                      + " pay the entry back whole, offset the two entries, and have the venue pay"
                      + " what was recorded in one payment"
                  : "name the debit note that it pays, or pay the entry back whole, offset the two"
                      + " entries, and have the venue pay what the note asks for"));
    }
    BankEntryMatched matched = matched(c, entry);
    Fact payment =
        byHand.isPresent()
            ? new BankEntryProved(
                entry.entry(),
                entry.cents(),
                Optional.empty(),
                Optional.empty(),
                byHand.get(),
                Optional.of(name))
            : credits.paid(name, entry.cents(), entry.entry());
    Set<String> looked = new HashSet<>(asked.looked());
    looked.addAll(Set.of("bank", entry.entry().tag()));
    return new Decision.Accept<>(List.of(matched, payment), Boundary.of(looked), matched);
  }
}
