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
 * @param bookedOn Europe/Paris
 * @param valueOn the bank's value date
 * @param bookedCents of the whole booking: above zero if money came in, below if it went out
 * @param endToEnd keyed digest of the payer's reference, where the bank gives none of its own: a
 *     payer may have written a name
 * @param part which payment of the booking, if it is not the whole
 */
public record BankEntry(
    String booking,
    @LeftOutWhenEmpty Optional<String> reference,
    LocalDate bookedOn,
    LocalDate valueOn,
    long bookedCents,
    @LeftOutWhenEmpty Optional<String> endToEnd,
    @LeftOutWhenEmpty Optional<Part> part) {

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
    return new BankEntry(
        booking,
        Optional.empty(),
        bookedOn,
        valueOn,
        bookedCents,
        endToEnd,
        Optional.of(new Part(of + part.map(Part::number).orElse(1), of, Optional.empty())));
  }

  /** What it leaves to be explained when the bank tells it no more: as much, the other way. */
  public BankEntry toldNoMore() {
    int of = part.map(Part::of).orElse(1);
    return new BankEntry(
        booking,
        Optional.empty(),
        bookedOn,
        valueOn,
        bookedCents,
        endToEnd,
        Optional.of(new Part(2 * of + part.map(Part::number).orElse(1), of, Optional.empty())));
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
