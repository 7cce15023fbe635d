package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Towards what clerks record by hand: receipts that the bank never shows, since one was typed
 * twice, and those that it shows after they were taken back; those that it shows in one sum, since
 * by chance alone no credit comes to several; one that settles a call and is taken back; refunds
 * that it shows; and transfers that it never debits.
 */
final class ByHandPlot {
  private static final List<String> REASONS = List.of("TYPED_TWICE", "NEVER_CAME");

  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;
  private final BankStory bank;

  /** That was typed though another stands for the same; empty if none is. */
  private String twice = "";

  /** That the bank has shown in one sum. */
  private List<String> together = List.of();

  /** A call that is paid by a clerk's word, and by which receipt; empty as long as none is. */
  private String settledCall = "";

  private String settledBy = "";

  /** Receipts and credit notes that the bank has shown by intent. */
  private final Set<String> shown = new HashSet<>();

  ByHandPlot(World world, Dice dice, Days days, Cast cast, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
    this.bank = bank;
  }

  /**
   * Towards a call that a receipt settles which is taken back, so that the call is open again and
   * can be cancelled; null if no call is open, and none was settled so.
   */
  @Nullable Action ofACall() {
    Calls.Call settled = world.calls.get(settledCall);
    if (settled == null) {
      return settleOne();
    }
    if (settled.open() == 0 && isUnshown(settledBy)) {
      return new Banking.TakeReceiptBack(settledBy, dice.of(REASONS));
    }
    if (settled.open() > 0 && world.account.takenBack.containsKey(settledBy)) {
      return new Action.CancelCall(settled.made.call(), "OTHER");
    }
    return null;
  }

  /** The first open call of whoever is called is paid, and a clerk says so; null if none is. */
  private @Nullable Action settleOne() {
    for (Calls.Call call : world.calls.values()) {
      if (call.open() > 0) {
        settledCall = call.made.call();
        settledBy = cast.id("receipt");
        return new Action.Receive(
            settledBy, call.made.agreement(), call.made.funder(), call.open(), days.today());
      }
    }
    return null;
  }

  /** The bank shows a receipt after a clerk took it back, once each; null if none was. */
  @Nullable Action shownAfterAll() {
    for (String receipt : world.account.takenBack.keySet()) {
      World.Done done = world.done.get("receipt " + receipt);
      if (done != null && done.action() instanceof Action.Receive receive && shown.add(receipt)) {
        return bank.shown(receive);
      }
    }
    return null;
  }

  /** The bank shows what a clerk said of a credit note, and a clerk knows it; null if none said. */
  @Nullable Action refundShown() {
    for (Map.Entry<String, Batch.Note> one : world.notes().entrySet()) {
      Account.Movement byHand = one.getValue().byHand;
      if (byHand == null || one.getValue().proved) {
        continue;
      }
      for (int i = 0; i < world.account.unexplained.size(); i++) {
        Account.Unexplained entry = world.account.unexplained.get(i);
        if (entry.explained.isEmpty() && entry.cents == byHand.cents) {
          return new Action.MatchEntry(i + 1, List.of(), "", "", "", one.getKey());
        }
      }
      if (shown.add(one.getKey())) {
        return bank.paidIn(byHand.cents);
      }
    }
    return null;
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

  /** Straight to several receipts that the bank shows in one sum; null if no two wait for it. */
  @Nullable Action together() {
    int number = shownTogether();
    if (number > 0) {
      return new Banking.MatchReceipts(number, together);
    }
    List<Account.ByHand> unshown = unshown();
    return unshown.size() < 2 ? null : showTogether(unshown);
  }

  /**
   * What a receipt had repaid is owed again, where other cash of its funder's may pay that; null if
   * no such receipt is there.
   */
  @Nullable Action owedAgain() {
    for (Account.ByHand one : unshown()) {
      Action.Receive receipt = one.receipt;
      if (one.received.back() > 0) {
        return world.free(one.received.agreement(), receipt.funder()) > one.received.own()
            ? new Banking.TakeReceiptBack(receipt.receipt(), "NEVER_CAME")
            : new Action.Receive(
                cast.id("receipt"),
                receipt.agreement(),
                receipt.funder(),
                receipt.cents(),
                receipt.valueDate());
      }
    }
    return null;
  }

  /**
   * A clerk takes back that a transfer is paid, by whose word it be, as long as the bank has shown
   * no debit, and it ends in another way. Null if none is paid so, and none was.
   */
  @Nullable Action neverDebited() {
    for (Ends.Found found : BankStory.transfers(world, "ORDERED", "CONFIRMED", "EXECUTED")) {
      World.Transfer transfer = found.transfer();
      if (transfer instanceof Refunds.Refund || transfer.debited) {
        continue;
      }
      if (!found.standing().equals("ORDERED")) {
        if (shown.add(transfer.name + " " + transfer.end)) {
          return takeBack(found, transfer.paidOn());
        }
      } else if (!transfer.wordsTakenBack.isEmpty()) {
        return after(found, dice.of(List.copyOf(transfer.wordsTakenBack.keySet())));
      } else if (found.of().hasSent(transfer)
          && Ends.isUntouched(found)
          && shown.add(transfer.name)) {
        return bank.executed(found);
      }
    }
    return null;
  }

  private Action takeBack(Ends.Found found, LocalDate paidOn) {
    return new Banking.TakeConfirmationBack(
        found.run(), number(found), paidOn, dice.of("NEVER_DEBITED", "REJECTED"));
  }

  /** Told once more by whom it was told before, or as it is after all. */
  private Action after(Ends.Found found, LocalDate paidOn) {
    return switch (dice.below(6)) {
      case 0 -> takeBack(found, paidOn);
      case 1 -> new Action.ConfirmTransfer(found.run(), number(found), paidOn);
      case 2 -> new Action.ConfirmTransfer(found.run(), number(found), days.today());
      case 3 -> new Action.RejectTransfer(found.run(), number(found), days.today(), "AC04");
      case 4 -> bank.executed(found);
      default -> bank.debited(found.transfer(), 0);
    };
  }

  private World.Transfer transfer(Banking.TakeConfirmationBack a) {
    return Objects.requireNonNull(world.runs.get(a.run())).transfers.get(a.number() - 1);
  }

  private static int number(Ends.Found found) {
    return found.of().transfers.indexOf(found.transfer()) + 1;
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
      case Banking.TakeConfirmationBack a ->
          dice.percent(50)
              ? bank.debited(transfer(a), 0)
              : new Action.RejectTransfer(a.run(), a.number(), days.today(), "AC04");
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
