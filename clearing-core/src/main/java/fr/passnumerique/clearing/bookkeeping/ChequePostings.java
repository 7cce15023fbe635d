package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_AT_PRESCRIBER;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_EXPIRED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_HANDED_OUT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_IN_STOCK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_OPPOSED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REPLACED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;

import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;
import java.util.Optional;

/** What a cheque posts on its way: used, taken back, opposed, replaced, expired. */
final class ChequePostings {
  private final Moves moves;

  ChequePostings(Moves moves) {
    this.moves = moves;
  }

  void accept(VenueId venue, SpentCents part) {
    moves.move(
        part.cents(),
        Account.of(VENUE_PAYABLE, part).spentAt(venue, part),
        Account.of(CHEQUES_OUTSTANDING, part));
    moves.move(
        part.cents(),
        Account.of(TITLES_HANDED_OUT, part),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part));
    moves.claim(part, part.cents());
  }

  /**
   * The cheque is used and counted, and nobody is owed its cents: they go back to whoever paid them
   * in, as those of an expired one do. Nothing is claimed from an {@code ON_USE} funder either.
   */
  void waive(VenueId venue, SpentCents part) {
    moves.move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    moves.move(
        part.cents(),
        Account.of(TITLES_HANDED_OUT, part),
        Account.of(TITLES_REDEEMED, part).spentAt(venue, part));
  }

  /**
   * What accepting its lines posted is posted back; what was opposed meanwhile goes on from there.
   */
  void withdraw(SlipWithdrawn slip) {
    Moves accepted = new Moves();
    ChequePostings judged = new ChequePostings(accepted);
    slip.owed().forEach(part -> judged.accept(slip.venue(), part));
    slip.waived().forEach(part -> judged.waive(slip.venue(), part));
    accepted
        .entries()
        .forEach(entry -> moves.entries().add(new Entry(entry.account(), -entry.cents())));
    for (FundedCents part : slip.dueBack()) {
      moves.move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
      moves.move(
          part.cents(), Account.of(TITLES_HANDED_OUT, part), Account.of(TITLES_OPPOSED, part));
    }
  }

  void expire(ChequesExpired.Part expired) {
    for (FundedCents part : expired.titles()) {
      Account from =
          switch (expired.where()) {
            case IN_STOCK -> Account.of(TITLES_IN_STOCK, part);
            case AT_PRESCRIBER ->
                Account.of(TITLES_AT_PRESCRIBER, part).at(expired.prescriber().orElseThrow());
            case HANDED_OUT -> Account.of(TITLES_HANDED_OUT, part);
          };
      moves.move(part.cents(), from, Account.of(TITLES_EXPIRED, part));
    }
    for (FundedCents part : expired.dueBack()) {
      moves.move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    }
  }

  /** The new titles are counted by their issuance. */
  void replace(ChequesReplaced replacement) {
    for (FundedCents part : replacement.titles()) {
      moves.move(part.cents(), Account.of(TITLES_OPPOSED, part), Account.of(TITLES_REPLACED, part));
    }
    for (FundedCents part : replacement.setAside()) {
      moves.move(part.cents(), Account.of(CHEQUES_OUTSTANDING, part), Account.of(DUE_BACK, part));
    }
  }

  /**
   * What an {@code ON_USE} funder had repaid for lines that are void since goes back to it, out of
   * its pre-financier's cash: that is due back to the funder, whose use is not taken back twice.
   *
   * @param own the parts as the funder's own
   */
  void giveBackRepaid(List<FundedCents> own, FunderId preFinancier) {
    for (FundedCents part : own) {
      FundedCents advanced = part.advancedBy(Optional.of(preFinancier));
      moves.move(part.cents(), Account.of(DUE_BACK, part), Account.of(DUE_BACK, advanced));
      moves.move(part.cents(), Account.ofCash(BANK, advanced), Account.ofCash(BANK, part));
      moves.move(
          part.cents(),
          Account.ofCash(ON_USE_ADVANCE, advanced),
          Account.ofCash(ON_USE_CLAIM, part));
    }
  }

  void oppose(ChequesOpposed opposition) {
    for (FundedCents part : opposition.dueBack()) {
      moves.move(part.cents(), Account.of(DUE_BACK, part), Account.of(CHEQUES_OUTSTANDING, part));
    }
    for (TitlesHeld held : opposition.titles()) {
      for (FundedCents part : held.cents()) {
        Account from =
            switch (held.where()) {
              case IN_STOCK -> Account.of(TITLES_IN_STOCK, part);
              case AT_PRESCRIBER ->
                  Account.of(TITLES_AT_PRESCRIBER, part).at(held.prescriber().orElseThrow());
              case HANDED_OUT -> Account.of(TITLES_HANDED_OUT, part);
            };
        moves.move(part.cents(), from, Account.of(TITLES_OPPOSED, part));
      }
    }
  }
}
