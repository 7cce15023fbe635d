package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Towards receipts by hand that the bank never shows, since one was typed twice, and towards those
 * that it shows in one sum: by chance alone no credit comes to several.
 */
final class ByHandPlot {
  private static final List<String> REASONS = List.of("TYPED_TWICE", "NEVER_CAME");

  private final World world;
  private final Dice dice;
  private final Cast cast;
  private final BankStory bank;

  /** That was typed though another stands for the same; empty if none is. */
  private String twice = "";

  /** That the bank has shown in one sum. */
  private List<String> together = List.of();

  ByHandPlot(World world, Dice dice, Cast cast, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.cast = cast;
    this.bank = bank;
  }

  /** The next that brings a story there, or goes on from there; null if nothing does. */
  @Nullable Action next() {
    int number = shownTogether();
    if (number > 0) {
      return match(number);
    }
    if (isUnshown(twice) && dice.percent(60)) {
      return new Banking.TakeReceiptBack(twice, dice.of(REASONS));
    }
    List<Account.ByHand> unshown = unshown();
    if (unshown.isEmpty()) {
      return null;
    }
    if (dice.percent(15)) {
      return new Banking.TakeReceiptBack(
          dice.percent(80) ? dice.of(unshown).receipt.receipt() : anyReceipt(), dice.of(REASONS));
    }
    if (unshown.size() < 2 || dice.percent(40)) {
      Action.Receive once = dice.of(unshown).receipt;
      twice = cast.id("receipt");
      return new Action.Receive(
          twice, once.agreement(), once.funder(), once.cents(), once.valueDate());
    }
    return showTogether(unshown);
  }

  private List<Account.ByHand> unshown() {
    return world.account.byHand.values().stream().filter(one -> !one.proved).toList();
  }

  private boolean isUnshown(String receipt) {
    Account.ByHand one = world.account.byHand.get(receipt);
    return one != null && !one.proved;
  }

  /** Shown by the bank, told no more or known to nobody: whatever there is. */
  private String anyReceipt() {
    List<String> known = new ArrayList<>(world.account.byHand.keySet());
    known.addAll(world.account.told.keySet());
    known.add("receipt-0");
    return dice.of(known);
  }

  private Action showTogether(List<Account.ByHand> unshown) {
    List<Account.ByHand> some = new ArrayList<>();
    for (int more = dice.of(2, 2, 3); more > 0; more--) {
      Account.ByHand one = dice.of(unshown);
      if (!some.contains(one)) {
        some.add(one);
      }
    }
    together = some.stream().map(one -> one.receipt.receipt()).toList();
    return bank.paidIn(some.stream().mapToLong(Account.ByHand::cents).sum());
  }

  /** The number of what the bank told of them, if they may still be it; 0 if there is none. */
  private int shownTogether() {
    if (!together.stream().allMatch(this::isUnshown)) {
      return 0;
    }
    long cents =
        unshown().stream()
            .filter(one -> together.contains(one.receipt.receipt()))
            .mapToLong(Account.ByHand::cents)
            .sum();
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained one = world.account.unexplained.get(i);
      if (one.explained.isEmpty() && one.cents > 0 && one.cents == cents) {
        return i + 1;
      }
    }
    return 0;
  }

  /** All of them; or one too few, one too many, or one named twice. */
  private Action match(int number) {
    List<String> named = new ArrayList<>(together);
    switch (dice.below(12)) {
      case 0 -> named.removeLast();
      case 1 -> named.add(named.getFirst());
      case 2 -> named.add(anyReceipt());
      default -> {}
    }
    return named.isEmpty()
        ? new Banking.MatchReceipts(number, together)
        : new Banking.MatchReceipts(number, List.copyOf(named));
  }

  /** What the money may be said to be at that moment; null if it is of another kind. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Banking.MatchReceipts a when !a.receipts().isEmpty() ->
          dice.percent(50)
              ? new Banking.TakeReceiptBack(a.receipts().getLast(), "OTHER")
              : new Action.MatchEntry(a.entry(), List.of(), a.receipts().getFirst(), "");
      case Banking.TakeReceiptBack a -> meanwhile(a);
      default -> null;
    };
  }

  /** The bank shows it, or its money goes elsewhere. */
  private @Nullable Action meanwhile(Banking.TakeReceiptBack a) {
    Account.ByHand one = world.account.byHand.get(a.receipt());
    if (one == null) {
      return null;
    }
    return dice.percent(50)
        ? bank.shown(one.receipt)
        : new Refunding.GiveBack(
            cast.id("give-back-of-receipt"),
            one.receipt.agreement(),
            one.receipt.funder(),
            Math.max(1, world.free(one.received.agreement(), one.receipt.funder())));
  }
}
