package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the entries of a file say of our transfers, against what is recorded of them.
 *
 * <p>Money decides: a booked debit is a payment and a booked return is one that came back, whatever
 * was said before.
 */
final class TransferEntries {
  private final TransferStandings standings;
  private final TransferWord word;
  private final BankRegister register;
  private final Set<String> proved = new HashSet<>();
  private final WaitingReturns waiting;

  /** Since it was asked last. */
  private final Map<TransferId, Known> debited = new LinkedHashMap<>();

  /** Transfers that the file itself has debited once too often. */
  private final Set<TransferId> debitedTwice = new HashSet<>();

  TransferEntries(TransferStandings standings, BankRegister register) {
    this.standings = standings;
    this.word = standings.word();
    this.register = register;
    this.waiting = new WaitingReturns(register);
  }

  /**
   * What an entry comes to: facts, or why there are none.
   *
   * @param looked tags of what it depends on
   */
  record News(
      TransferId transfer,
      List<Fact> facts,
      BankFileImported.Outcome outcome,
      Optional<Why> why,
      Set<String> looked) {
    News alsoLooking(Set<String> tags) {
      Set<String> more = new HashSet<>(looked);
      more.addAll(tags);
      return new News(transfer, facts, outcome, why, more);
    }
  }

  /** An entry told before that has come to be a return, since the debit is known now. */
  record CameBack(WaitingReturns.Waiting waiting, List<Fact> facts, Set<String> looked) {}

  /**
   * @return empty if the entry names no transfer of ours
   */
  Optional<News> of(Booking booking, Payment payment, BankEntry entry) {
    boolean returned = payment.returned().isPresent();
    if (payment.cents() < 0) {
      return booking.reversal()
          ? Optional.empty()
          : payment.endToEnd().flatMap(standings::find).map(known -> debit(known, payment, entry));
    }
    return named(payment, returned || booking.reversal())
        .map(
            known ->
                booking.reversal() && !returned
                    ? takenBack(known)
                    : comeBack(known, payment, entry));
  }

  private Optional<Known> named(Payment payment, boolean back) {
    Optional<Known> byReference = payment.endToEnd().flatMap(standings::find);
    if (byReference.isPresent() || !back && payment.text().isEmpty()) {
      return byReference;
    }
    // Some banks send a return under a reference of their own, and ours in its text.
    for (String word : payment.text().split("[^A-Za-z0-9._-]+", -1)) {
      Optional<Known> found = standings.find(word);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private News debit(Known known, Payment payment, BankEntry entry) {
    TransferId id = known.transfer();
    Standing standing = standings.of(known);
    if (standing == Standing.UNSENT) {
      return unmatched(id, Why.TRANSFER_NOT_SENT);
    }
    if (-payment.cents() != known.amountCents()) {
      return unmatched(id, Why.AMOUNT_DIFFERS);
    }
    News news = debit(known, standing, payment, entry);
    // What has come back already does so by no other entry.
    if (news.why().isEmpty() && standing != Standing.RETURNED) {
      debited.put(id, known);
    }
    return news;
  }

  /**
   * What came back before its debit was told has come back now, as it would have in the order of
   * the bank: on the day of its own booking. Asked once the debits of a report are read: of a
   * transfer that is debited twice it is a clerk's to say what came back.
   */
  List<CameBack> cameBack() {
    List<CameBack> back = new ArrayList<>();
    debited.forEach(
        (id, known) -> {
          if (!debitedTwice.contains(id) && !register.isDebitedTwice(id)) {
            waiting.take(id, known.amountCents()).ifPresent(one -> back.add(cameBack(id, one)));
          }
        });
    debited.clear();
    return back;
  }

  private CameBack cameBack(TransferId id, WaitingReturns.Waiting one) {
    standings.tell(id, Standing.RETURNED);
    BankEntryMatched matched =
        new BankEntryMatched(
            one.entry(), one.cents(), List.of(), Optional.empty(), Optional.of(id.value()), "");
    Set<String> looked = new HashSet<>(TransferStandings.looked(id));
    looked.add(one.entry().tag());
    looked.addAll(word.reversalsOf(id));
    return new CameBack(
        one, List.of(matched, word.returned(id, one.reason(), one.entry())), looked);
  }

  private News debit(Known known, Standing standing, Payment payment, BankEntry entry) {
    TransferId id = known.transfer();
    return switch (standing) {
      case ORDERED -> paid(id, List.of(word.confirmed(id, entry)));
      case EXECUTED -> paid(id, List.of(word.debited(id, entry)));
      case CONFIRMED ->
          register.isProved(id) || !proved.add(id.value())
              ? paidTwice(id)
              : proof(id, payment, entry, known.endedOn().orElse(entry.bookedOn()));
      case REJECTED -> {
        Optional<? extends Fact> reinstated = standings.reinstated(id, entry.bookedOn());
        yield reinstated.isPresent()
            ? paid(id, List.of(reinstated.get(), word.confirmed(id, entry)))
                .alsoLooking(reinstated.get().tags())
            : unmatched(id, Why.PAID_AFTER_REJECTION);
      }
      case RETURNED ->
          word.paidBefore(id)
              .filter(_ -> !register.isProved(id) && proved.add(id.value()))
              .map(on -> proof(id, payment, entry, on))
              .orElseGet(() -> paidTwice(id));
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  /**
   * The bank shows what only a clerk had said.
   *
   * @param saidFor the day of that
   */
  private static News proof(TransferId id, Payment payment, BankEntry entry, LocalDate saidFor) {
    return new News(
        id,
        List.of(
            new BankEntryProved(
                entry,
                payment.cents(),
                Optional.empty(),
                Optional.of(id.value()),
                saidFor,
                Optional.empty())),
        BankFileImported.Outcome.PROVED,
        Optional.empty(),
        TransferStandings.looked(id));
  }

  private News paid(TransferId id, List<Fact> facts) {
    standings.tell(id, Standing.CONFIRMED);
    proved.add(id.value());
    return new News(
            id,
            facts,
            BankFileImported.Outcome.PAID,
            Optional.empty(),
            TransferStandings.looked(id))
        .alsoLooking(word.reversalsOf(id));
  }

  private News paidTwice(TransferId id) {
    debitedTwice.add(id);
    return unmatched(id, Why.PAID_TWICE);
  }

  /**
   * The bank takes back an entry of its own: it may be the transfer's debit, or a second one that
   * comes in a later file. Read as a return, it would have the payee paid again.
   */
  private News takenBack(Known known) {
    return unmatched(
        known.transfer(),
        standings.of(known) == Standing.UNSENT ? Why.TRANSFER_NOT_SENT : Why.BANK_REVERSAL);
  }

  private News comeBack(Known known, Payment payment, BankEntry entry) {
    TransferId id = known.transfer();
    Standing standing = standings.of(known);
    if (standing == Standing.UNSENT) {
      return unmatched(id, Why.TRANSFER_NOT_SENT);
    }
    if (payment.cents() != known.amountCents()) {
      return unmatched(id, Why.AMOUNT_DIFFERS);
    }
    return switch (standing) {
      case CONFIRMED -> {
        if (debitedTwice.contains(id) || register.isDebitedTwice(id)) {
          yield unmatched(id, Why.BACK_FROM_TWO_DEBITS);
        }
        String reason = reason(payment);
        standings.tell(id, Standing.RETURNED);
        yield new News(
                id,
                List.of(word.returned(id, reason, entry)),
                BankFileImported.Outcome.RETURNED,
                Optional.empty(),
                TransferStandings.looked(id))
            .alsoLooking(word.reversalsOf(id));
      }
      case RETURNED -> unmatched(id, Why.RETURNED_TWICE);
      case ORDERED, EXECUTED, REJECTED -> {
        waiting.wait(new WaitingReturns.Waiting(entry, payment.cents(), id, reason(payment)));
        yield unmatched(id, Why.RETURNED_UNPAID);
      }
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  private static String reason(Payment payment) {
    return payment.returned().filter(BankValues::isReason).orElse(TransferStatuses.NO_REASON);
  }

  private static News unmatched(TransferId id, Why why) {
    return new News(
        id,
        List.of(),
        BankFileImported.Outcome.UNMATCHED,
        Optional.of(why),
        TransferStandings.looked(id));
  }
}
