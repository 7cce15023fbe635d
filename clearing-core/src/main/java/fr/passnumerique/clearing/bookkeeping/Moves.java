package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.RECEIVABLE_IF_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_RECOVER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;

import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.List;

/** Entries in pairs, and those pairs that several facts have in common. */
final class Moves {
  private final List<Entry> entries = new ArrayList<>();

  /** In the order in which they were made. */
  List<Entry> entries() {
    return entries;
  }

  /**
   * What an {@code ON_USE} funder owes its pre-financier for used cheques.
   *
   * @param cents below zero when the use is taken back
   */
  void claim(SpentCents part, long cents) {
    if (part.advancedBy().isPresent()) {
      move(
          cents,
          Account.ofCash(ON_USE_ADVANCE, part),
          Account.ofFunder(
              ON_USE_CLAIM,
              part.programme().value(),
              part.agreement().value(),
              part.funder().value()));
    }
  }

  /**
   * @param sign -1 when they are paid no more
   */
  void titlesPaid(VenueId venue, SpentCents part, int sign) {
    move(
        sign * part.cents(),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part),
        Account.of(TITLES_PAID, part).spentAt(venue, part));
  }

  /**
   * @param cents below zero when it is no longer owed
   */
  void claimFrom(VenueId venue, SpentCents part, long cents) {
    move(
        cents,
        Account.of(TO_RECOVER, part),
        Account.of(VENUE_RECEIVABLE, part).spentAt(venue, part));
  }

  /**
   * @param cents below zero when it is no longer owed, whatever becomes of the transfer
   */
  void claimIfPaid(VenueId venue, SpentCents part, long cents) {
    move(
        cents,
        Account.of(TO_RECOVER, part),
        Account.of(RECEIVABLE_IF_PAID, part).spentAt(venue, part));
  }

  /**
   * @param sign -1 when it came back
   */
  void claimIsPaid(VenueId venue, SpentCents part, int sign) {
    move(
        sign * part.cents(),
        Account.of(RECEIVABLE_IF_PAID, part).spentAt(venue, part),
        Account.of(VENUE_RECEIVABLE, part).spentAt(venue, part));
  }

  void recover(VenueId venue, SpentCents part, int sign) {
    long cents = sign * part.cents();
    move(cents, Account.of(DUE_BACK, part), Account.ofCash(BANK, part));
    claimFrom(venue, part, -cents);
  }

  /** One credit and the debit that it pays for. */
  void move(long cents, Account credit, Account debit) {
    entries.add(new Entry(debit, cents));
    entries.add(new Entry(credit, -cents));
  }
}
