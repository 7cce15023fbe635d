package fr.passnumerique.clearing.bank.entry;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A booking on the ring-fenced account, or one payment of a booking that holds several: what makes
 * the notification (camt.054) and the statement (camt.053) of one movement the same.
 *
 * @param booking names the whole booking, from its contents: the same file gives the same name
 * @param reference the bank's own (AcctSvcrRef), if it gives one
 * @param bookedOn the day on which it counts, Europe/Paris
 * @param valueOn the bank's value date
 * @param bookedCents of the whole booking: above zero if money came in, below if it went out
 * @param endToEnd keyed digest of the payer's reference, where the bank gives none of its own: a
 *     payer may have written a name
 * @param part which payment of the booking, if it is not the whole
 * @param toldOn the booking day that the bank wrote, where the statement that told the entry first
 *     is of other days: its balances say that it lies within them, so it counts on one of them
 */
public record BankEntry(
    String booking,
    @LeftOutWhenEmpty Optional<String> reference,
    LocalDate bookedOn,
    LocalDate valueOn,
    long bookedCents,
    @LeftOutWhenEmpty Optional<String> endToEnd,
    @LeftOutWhenEmpty Optional<Part> part,
    @LeftOutWhenEmpty Optional<LocalDate> toldOn) {

  /** Of the day on which it counts. */
  public BankEntry(
      String booking,
      Optional<String> reference,
      LocalDate bookedOn,
      LocalDate valueOn,
      long bookedCents,
      Optional<String> endToEnd,
      Optional<Part> part) {
    this(booking, reference, bookedOn, valueOn, bookedCents, endToEnd, part, Optional.empty());
  }

  /**
   * One payment of a booking.
   *
   * @param number from 1, in the bank's order; beyond {@code of}, the charges that a clerk found in
   *     the payment of the number less {@code of}, and that the bank did not list; beyond those,
   *     what a payment or its charges leave open once the bank tells them no more
   * @param of how many there are
   * @param reference the bank's own of this payment
   */
  public record Part(int number, int of, @LeftOutWhenEmpty Optional<String> reference) {}

  /** The charges that lie in it, of which the bank tells nothing apart. */
  public BankEntry charges() {
    int of = part.map(Part::of).orElse(1);
    return part(of + part.map(Part::number).orElse(1), of);
  }

  /** What it leaves to be explained when the bank tells it no more: as much, the other way. */
  public BankEntry toldNoMore() {
    int of = part.map(Part::of).orElse(1);
    return part(2 * of + part.map(Part::number).orElse(1), of);
  }

  private BankEntry part(int number, int of) {
    return new BankEntry(
        booking,
        Optional.empty(),
        bookedOn,
        valueOn,
        bookedCents,
        endToEnd,
        Optional.of(new Part(number, of, Optional.empty())),
        toldOn);
  }

  /** Whether the bank told it, and it is not what a clerk or a correction made of one. */
  public boolean told() {
    return part.filter(p -> p.number() > p.of()).isEmpty();
  }

  /** The booking day that the bank wrote, Europe/Paris. */
  public LocalDate writtenOn() {
    return toldOn.orElse(bookedOn);
  }

  /** Whether it is no entry of the bank's, but what one left that it tells no more. */
  public boolean leftBehind() {
    return part.filter(p -> p.number() > 2 * p.of()).isPresent();
  }

  /** What a clerk names it by. */
  public String id() {
    return part.map(p -> booking + "." + p.number()).orElse(booking);
  }

  /** What decisions about this entry look at. */
  public String tag() {
    return "bank-entry:" + id();
  }
}
