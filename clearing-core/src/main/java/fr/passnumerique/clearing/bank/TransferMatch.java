package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An entry that pays a transfer which a clerk names, or brings it back. */
final class TransferMatch {
  private final BankRegister register;
  private final TransferWord word;

  TransferMatch(BankRegister register, TransferWord word) {
    this.register = register;
    this.word = word;
  }

  /** As the entry would have ended the transfer if the bank had named it. */
  Decision<BankEntryMatched> end(MatchBankEntry c, BankEntryUnmatched entry, TransferId id) {
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
    // What is missing, or too much: both are the bank's and ours, and the charges a client's.
    return chargesCents
        == (entry.cents() > 0 ? amountCents - entry.cents() : -entry.cents() - amountCents);
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
        remedy(known, entry, charges));
  }

  private static String remedy(Known known, BankEntryUnmatched entry, long charges) {
    if (isReturnToldNoMore(known, entry) || isPaidAfterItsEnd(known, entry, charges)) {
      return "what it paid has gone another way since: cancel the run or refund order that takes"
          + " it while nobody has its file, or name the transfer that pays it instead;"
          + " where a run has netted or paid it, or of a line reversed since the value is"
          + " on a credit note or owed apart, have the payee give the money back, or pay it"
          + " in, and offset the two entries";
    }
    // Less than was ordered is no payment of it: whether the payee has the rest, nobody can say.
    return entry.cents() < 0 && -entry.cents() < known.amountCents()
        ? "name a transfer of what was debited; where the bank debited too little, have it give"
            + " that back and debit the whole amount: offset the two entries (against), and the"
            + " new debit pays the transfer"
        : "name a transfer of this amount that waits for its debit, or one that is paid if the"
            + " money came back; where a bank kept something of it, say so by charges";
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
          ? List.of(
              word.returned(id, entry.returned().orElse(TransferStatuses.NO_REASON), entry.entry()))
          : List.of();
    }
    return isReturnToldNoMore(known, entry)
        ? word.returnTakenBack(id, entry.entry())
        : debit(known, entry.entry());
  }

  /**
   * Whether it is what the return of the transfer left, which the bank tells no more: while another
   * transfer was to pay the same lines, it could not be paid again.
   */
  private static boolean isReturnToldNoMore(Known known, BankEntryUnmatched entry) {
    return known.standing() == Standing.RETURNED
        && entry.entry().leftBehind()
        && entry.transfer().filter(known.transfer().value()::equals).isPresent();
  }

  /**
   * Whether only what became of its lines since keeps a transfer that was rejected, or had come
   * back, from being paid by it.
   */
  private static boolean isPaidAfterItsEnd(
      Known known, BankEntryUnmatched entry, long chargesCents) {
    return (known.standing() == Standing.REJECTED || known.standing() == Standing.RETURNED)
        && !entry.entry().leftBehind()
        && entry.cents() < 0
        && isOf(entry, known.amountCents(), chargesCents);
  }

  /**
   * Debited once more after it had come back; the first debit that the bank shows is that of a
   * clerk's word, by which it was paid before. What another return left is not its debit.
   */
  private List<Fact> afterReturn(Known known, BankEntry entry) {
    TransferId id = known.transfer();
    if (entry.leftBehind()) {
      return List.of();
    }
    return register.isProved(id)
        ? again(id, entry)
        : word.paidBefore(id).map(on -> List.<Fact>of(proof(known, entry, on))).orElse(List.of());
  }

  /** Of what a clerk recorded: what was kept besides is booked apart. */
  private static BankEntryProved proof(Known known, BankEntry entry, LocalDate saidFor) {
    return new BankEntryProved(
        entry,
        -known.amountCents(),
        Optional.empty(),
        Optional.of(known.transfer().value()),
        saidFor,
        Optional.empty());
  }

  private List<Fact> again(TransferId id, BankEntry entry) {
    return word.reinstated(id, entry.bookedOn())
        .map(reinstated -> List.<Fact>of(reinstated, word.confirmed(id, entry)))
        .orElse(List.of());
  }

  /** Whether the bank may still debit it: paid by a clerk's word or by a status, or not yet. */
  boolean waitsForDebit(Known known) {
    return switch (known.standing()) {
      case ORDERED, EXECUTED -> true;
      case CONFIRMED -> !register.isProved(known.transfer());
      case UNSENT, REJECTED, RETURNED -> false;
    };
  }

  /**
   * What the debit of a transfer, alone or within a booking, makes of it.
   *
   * @return empty if it cannot have been debited
   */
  List<Fact> debit(Known known, BankEntry entry) {
    TransferId id = known.transfer();
    return switch (known.standing()) {
      case ORDERED -> List.of(word.confirmed(id, entry));
      case EXECUTED -> List.of(word.debited(id, entry));
      case CONFIRMED ->
          register.isProved(id)
              ? List.of()
              : List.of(proof(known, entry, known.endedOn().orElse(entry.bookedOn())));
      case REJECTED -> again(id, entry);
      case RETURNED -> afterReturn(known, entry);
      case UNSENT -> List.of();
    };
  }
}
