package fr.passnumerique.loadtest.model;

import org.jspecify.annotations.Nullable;

/**
 * Towards what the bank tells too early, and what it tells no more: a return before its debit, and
 * then the debit; a statement of which it takes back an entry, or tells a booking of others, and a
 * clerk who closes that.
 */
final class ToldPlot {
  private final World world;
  private final Dice dice;
  private final BankStory bank;

  ToldPlot(World world, Dice dice, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.bank = bank;
  }

  /** Null if nothing leads there now. */
  @Nullable Action next() {
    Action close = close();
    if (close != null) {
      return close;
    }
    for (Ends.Found found : BankStory.transfers(world, "ORDERED", "EXECUTED")) {
      if (world.account.unexplained.stream()
          .anyMatch(
              one ->
                  one.explained.isEmpty()
                      && one.why.equals("RETURNED_UNPAID")
                      && one.transfer.equals(found.transfer().name))) {
        return bank.debited(found.transfer(), 0);
      }
    }
    @Nullable Action split = dice.percent(20) ? bank.splitOtherwise() : null;
    if (split != null) {
      return split;
    }
    @Nullable Action early = dice.percent(50) ? bank.early() : null;
    return early != null ? early : bank.corrected();
  }

  /** What a statement told otherwise is to be closed; null if none is. */
  @Nullable Action close() {
    for (int number = 1; number <= world.account.toldOtherwise; number++) {
      if (!world.account.closed.containsKey("STATEMENT" + number)) {
        return new Action.CloseException("STATEMENT", number, "CORRECTED_BY_BANK");
      }
    }
    return null;
  }
}
