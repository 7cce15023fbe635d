package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_VOID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;

import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;

/** What the reversal of lines posts, and what becomes of it. */
final class ReversalPostings {
  private final Moves moves;

  ReversalPostings(Moves moves) {
    this.moves = moves;
  }

  void reverse(VenueId venue, ReversedLine line) {
    for (SpentCents part : line.parts()) {
      switch (line.standing()) {
        case OWED -> {
          moves.move(
              part.cents(),
              Account.of(DUE_BACK, part),
              Account.of(VENUE_PAYABLE, part).spentAt(venue, part));
          makeVoid(TITLES_REDEEMED, venue, part);
        }
        case IN_TRANSIT -> {
          moves.claimIfPaid(venue, part, part.cents());
          makeVoid(TITLES_REDEEMED, venue, part);
        }
        case PAID -> {
          moves.claimFrom(venue, part, part.cents());
          makeVoid(TITLES_PAID, venue, part);
        }
      }
      moves.claim(part, -part.cents());
    }
  }

  private void makeVoid(AccountKind from, VenueId venue, SpentCents part) {
    moves.move(
        part.cents(), Account.of(from, part).spentAt(venue, part), Account.of(TITLES_VOID, part));
  }

  private void makeValid(AccountKind to, VenueId venue, SpentCents part) {
    moves.move(
        part.cents(), Account.of(TITLES_VOID, part), Account.of(to, part).spentAt(venue, part));
  }

  /**
   * Reversed in a transfer that came to nothing: as if it had been reversed while it was owed.
   *
   * @param sign -1 where the transfer was paid after all
   */
  void neverPaid(VoidedLine line, int sign) {
    for (SpentCents part : line.parts()) {
      long cents = sign * part.cents();
      moves.move(
          cents,
          Account.of(DUE_BACK, part),
          Account.of(VENUE_PAYABLE, part).spentAt(line.venue(), part));
      moves.claimIfPaid(line.venue(), part, -cents);
    }
  }

  /**
   * Its title is void, and so neither paid nor unpaid; what it came to is the venue's to give back
   * for as long as the venue has it.
   *
   * @param sign 1 where the transfer was paid, -1 where it came back
   */
  void keepVoid(VoidedLine line, int sign) {
    for (SpentCents part : line.parts()) {
      moves.titlesPaid(line.venue(), part, -sign);
      moves.claimIsPaid(line.venue(), part, sign);
    }
  }

  /** The lines count as accepted again, and whoever pays on use owes them again. */
  void lift(ReversalLifted lifted) {
    for (VoidedLine line : lifted.owedAgain()) {
      for (SpentCents part : line.parts()) {
        moves.move(
            part.cents(),
            Account.of(VENUE_PAYABLE, part).spentAt(line.venue(), part),
            Account.of(DUE_BACK, part));
        makeValid(TITLES_REDEEMED, line.venue(), part);
        moves.claim(part, part.cents());
      }
    }
    for (VoidedLine line : lifted.forgiven()) {
      for (SpentCents part : line.parts()) {
        moves.claimFrom(line.venue(), part, -part.cents());
        makeValid(TITLES_PAID, line.venue(), part);
        moves.claim(part, part.cents());
      }
    }
    for (VoidedLine line : lifted.unpaid()) {
      for (SpentCents part : line.parts()) {
        moves.claimIfPaid(line.venue(), part, -part.cents());
        makeValid(TITLES_REDEEMED, line.venue(), part);
        moves.claim(part, part.cents());
      }
    }
  }
}
