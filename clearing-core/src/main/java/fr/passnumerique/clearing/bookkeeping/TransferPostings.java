package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;

import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import java.util.List;

/** What is owed to venues on its way to them, and netted with what they owe. */
final class TransferPostings {
  private final Moves moves;

  TransferPostings(Moves moves) {
    this.moves = moves;
  }

  void carry(List<SettlementRunOpened.Transfer> transfers, AccountKind from, AccountKind to) {
    for (SettlementRunOpened.Transfer transfer : transfers) {
      transfer.parts().forEach(part -> carry(part, from, to));
    }
  }

  /** What a venue is owed goes on, or back, on its way from being owed to being debited. */
  void carry(PaidCents carried, AccountKind from, AccountKind to) {
    moves.move(carried.spent().cents(), at(to, carried), at(from, carried));
  }

  private static Account at(AccountKind kind, PaidCents carried) {
    return kind == BANK
        ? Account.ofCash(BANK, carried.spent())
        : Account.of(kind, carried.spent()).spentAt(carried.venue(), carried.spent());
  }

  /** Paid: its titles are too. */
  void pay(PaidCents paid, AccountKind from, AccountKind to) {
    carry(paid, from, to);
    moves.titlesPaid(paid.venue(), paid.spent(), 1);
  }

  /**
   * The venue's lines are paid with what it owes: out of the cash of those who pay the lines, into
   * the cash of those to whom the reversed ones come back. Where these differ, that is the internal
   * transfer between them.
   *
   * @param sign -1 when it is undone
   */
  void net(Netting netting, int sign) {
    for (SpentCents part : netting.paid()) {
      long cents = sign * part.cents();
      moves.move(
          cents,
          Account.ofCash(BANK, part),
          Account.of(VENUE_PAYABLE, part).spentAt(netting.venue(), part));
      moves.titlesPaid(netting.venue(), part, sign);
    }
    netting.recovered().forEach(part -> moves.recover(netting.venue(), part, sign));
  }
}
