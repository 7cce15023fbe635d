package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each booking of the bank has moved, as long as the bank tells it: by its facts, so that it
 * can be undone. A receipt is kept whole, since there are few; of transfers only the name is.
 */
final class BookedMoney {
  private final Map<String, List<Moved>> byBooking = new HashMap<>();
  private final NavigableMap<LocalDate, Set<String>> byDay = new TreeMap<>();

  /**
   * What one fact says of an entry.
   *
   * @param cents above zero if money came in
   */
  record Moved(BankEntry entry, long cents, As as) {}

  /** What an entry counts as. */
  sealed interface As {
    /** Nobody has explained it. */
    record Open() implements As {}

    /**
     * @param receipt as it was recorded from the entry, or by hand before
     */
    record Receipt(FundsReceived receipt) implements As {}

    record Debit(TransferId transfer) implements As {}

    record Return(TransferId transfer) implements As {}

    /**
     * What was asked for under a name: a debit note, of which it pays all or a part.
     *
     * @param name as its capability names it
     */
    record Asked(String name) implements As {}

    /**
     * A note that it refunds, or another entry that makes up for it.
     *
     * @param transfer by which the note is refunded
     */
    record Other(Optional<String> transfer) implements As {}
  }

  /** Empty if the booking is not known, or told no more. */
  List<Moved> of(String booking) {
    return byBooking.getOrDefault(booking, List.of());
  }

  /** Of all that these have moved: above zero if more came in than went out. */
  long cents(List<String> bookings) {
    return bookings.stream().flatMap(name -> of(name).stream()).mapToLong(Moved::cents).sum();
  }

  /** The names of what stands on these days. */
  List<String> between(LocalDate from, LocalDate to) {
    return byDay.subMap(from, true, to, true).values().stream().flatMap(Set::stream).toList();
  }

  /**
   * @param byHand the receipt of which a fact says that the bank shows it; null if it shows none
   * @param bookings before the fact is folded into them
   */
  void fold(Fact fact, @Nullable FundsReceived byHand, KnownBookings bookings) {
    switch (fact) {
      case BankEntryUnmatched f -> add(f.entry(), f.cents(), new As.Open(), bookings);
      case BankEntryMatched f -> explain(f.entry(), null);
      case BankEntriesOffset f -> {
        explain(f.credit(), new As.Other(Optional.empty()));
        explain(f.debit(), new As.Other(Optional.empty()));
      }
      case FundsReceived f ->
          f.entry().ifPresent(entry -> add(entry, f.amountCents(), new As.Receipt(f), bookings));
      case BankEntryProved f ->
          add(
              f.entry(),
              f.cents(),
              byHand != null
                  ? new As.Receipt(byHand)
                  : f.transfer()
                      .<As>map(id -> new As.Debit(new TransferId(id)))
                      .or(() -> f.expected().filter(_ -> f.cents() > 0).map(As.Asked::new))
                      .orElseGet(() -> new As.Other(Optional.empty())),
              bookings);
      case TransferConfirmed f ->
          f.entry()
              .ifPresent(
                  entry -> add(entry, -f.amountCents(), new As.Debit(f.transfer()), bookings));
      case TransferDebited f ->
          add(f.entry(), -f.amountCents(), new As.Debit(f.transfer()), bookings);
      case TransferReturned f ->
          add(f.entry(), f.amountCents(), new As.Return(f.transfer()), bookings);
      case CreditNoteRefunded f ->
          f.entry()
              .ifPresent(
                  entry ->
                      add(
                          entry,
                          -f.amountCents(),
                          new As.Other(f.transfer().map(TransferId::value)),
                          bookings));
      case RefundReturned f ->
          add(f.entry(), f.amountCents(), new As.Return(f.transfer()), bookings);
      case DebitNotePaid f ->
          f.entry()
              .ifPresent(
                  entry -> add(entry, f.cents(), new As.Asked(f.debitNote().value()), bookings));
      default -> {}
    }
  }

  private void add(BankEntry entry, long cents, As as, KnownBookings bookings) {
    if (bookings.isTakenOut(entry.booking())) {
      // What it left to be explained is no entry of the bank's.
      return;
    }
    byBooking
        .computeIfAbsent(entry.booking(), _ -> new ArrayList<>(1))
        .add(new Moved(entry, cents, as));
    byDay.computeIfAbsent(entry.bookedOn(), _ -> new LinkedHashSet<>()).add(entry.booking());
  }

  private void explain(BankEntry entry, @Nullable As as) {
    List<Moved> moved = byBooking.get(entry.booking());
    if (moved == null) {
      return;
    }
    for (Moved one : List.copyOf(moved)) {
      if (one.as() instanceof As.Open && one.entry().id().equals(entry.id())) {
        moved.remove(one);
        if (as != null) {
          moved.add(new Moved(one.entry(), one.cents(), as));
        }
      }
    }
  }

  /** The bank tells it no more. */
  void takeOut(BankEntry entry) {
    byBooking.remove(entry.booking());
    byDay.computeIfPresent(
        entry.bookedOn(),
        (_, names) -> {
          names.remove(entry.booking());
          return names.isEmpty() ? null : names;
        });
  }
}
