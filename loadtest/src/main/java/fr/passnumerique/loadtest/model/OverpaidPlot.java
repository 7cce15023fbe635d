package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of funders who have paid for uses that turn out to be none: the share is advanced, repaid,
 * its line reversed or its slip withdrawn, the order ended and what came back credited and
 * refunded. By chance alone no story comes so far.
 */
final class OverpaidPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private int number;

  OverpaidPlot(World world, Dice dice, Days days) {
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  /** The next that brings a story there; null if nothing does. */
  @Nullable Action next() {
    List<Supplier<Action>> possible = new ArrayList<>();
    for (Agreement agreement : world.agreements.values()) {
      agreement
          .shares()
          .filter(share -> !share.preFinancier().isEmpty())
          .map(Action.Share::funder)
          .distinct()
          .forEach(funder -> add(possible, agreement, funder));
    }
    return possible.isEmpty() ? null : dice.of(possible).get();
  }

  private void add(List<Supplier<Action>> possible, Agreement agreement, String funder) {
    long owed = world.owedOnUse(agreement, funder);
    if (owed > 0) {
      possible.add(() -> pay(agreement, funder, owed));
      return;
    }
    if (agreement.repaid.getOrDefault(funder, 0L) == 0) {
      return;
    }
    for (Batch batch : world.batches) {
      if (batch.order.agreement().equals(agreement.signed.agreement())) {
        Undue.GivenBack own = batch.givenBack.get(funder);
        if (own != null) {
          addRefund(possible, batch, own);
        } else if (Endings.overpaid(world, agreement, funder) > 0
            && batch.cheques.stream().anyMatch(cheque -> cheque.advanced(funder) > 0)) {
          isEnded(possible, batch, funder);
        }
      }
    }
    List<Cheque> used =
        world
            .chequesOf(agreement.signed.agreement())
            .filter(cheque -> cheque.spent != null && cheque.advanced(funder) > 0)
            .toList();
    for (Cheque cheque : used) {
      Undue.Line line = cheque.spent().reversed;
      if (line != null) {
        add(possible, line, funder);
      }
    }
    List<Cheque> whole = used.stream().filter(Cheque::isUsed).toList();
    if (owed == 0 && possible.isEmpty() && !whole.isEmpty() && dice.percent(35)) {
      List<Cheque> untaken =
          whole.stream().filter(cheque -> !cheque.spent().taken && !cheque.batch.expired).toList();
      possible.add(
          untaken.isEmpty() || dice.percent(50)
              ? () -> reverse(dice.of(whole))
              : () -> withdraw(dice.of(untaken)));
    }
  }

  private static Action withdraw(Cheque cheque) {
    return new Action.WithdrawSlip(cheque.spent().venue, cheque.spent().reference);
  }

  /** By a receipt, or by what is free of the funder's cash elsewhere. */
  private Action pay(Agreement agreement, String funder, long owed) {
    for (Agreement other : world.agreements.values()) {
      long free = other == agreement ? 0 : world.free(other, funder);
      if (free > 0 && dice.percent(50)) {
        return new Action.TransferFunds(
            "on-use-" + ++number,
            funder,
            other.signed.agreement(),
            agreement.signed.agreement(),
            Math.min(free, owed));
      }
    }
    return new Action.Receive(
        "on-use-" + ++number, agreement.signed.agreement(), funder, owed, days.today());
  }

  private Action reverse(Cheque cheque) {
    Cheque.Spent spent = cheque.spent();
    return new Reversing.ReverseLines(
        "reversal-of-use-" + ++number,
        spent.venue,
        spent.reference,
        List.of(spent.number),
        "ENTERED_BY_MISTAKE");
  }

  /** A reversed line of a share that was repaid, until it is credited. */
  private void add(List<Supplier<Action>> possible, Undue.Line line, String funder) {
    Undue.Reversal one = line.reversal;
    Batch batch = line.cheque.batch;
    LocalDate today = days.today();
    if (one.isContested()) {
      possible.add(() -> new Reversing.DecideContest(one.name, "UPHELD", "third-clerk"));
    }
    Undue.GivenBack own = line.givenBack.get(funder);
    if (own != null) {
      addRefund(possible, batch, own);
    }
    if (!line.recovery.equals("DUE_BACK") || line.credited.containsKey(funder)) {
      return;
    }
    LocalDate until = one.contestUntil;
    // Nobody waits for the end of a long time in which a venue may contest.
    if (one.state.equals("REVERSED")
        && until != null
        && today.plusDays(10).isBefore(until)
        && dice.percent(40)) {
      possible.add(() -> new Reversing.ContestReversal(one.name, one.venue));
    }
    if (isEnded(possible, batch, funder) && Recoveries.isFinal(line, today)) {
      possible.add(() -> new Reversing.CreditRecovered(batch.order.order()));
    }
  }

  private void addRefund(List<Supplier<Action>> possible, Batch batch, Undue.GivenBack own) {
    if (own.note().refundedOn == null && own.note().holder == null) {
      batch.notes.forEach(
          (owner, note) -> {
            if (note == own.note()) {
              possible.add(() -> new Action.RefundNote(batch.order.order(), owner, days.today()));
            }
          });
    }
  }

  /**
   * Whether the statement is agreed with who advances the funder's share; else what leads there.
   */
  private boolean isEnded(List<Supplier<Action>> possible, Batch batch, String funder) {
    LocalDate today = days.today();
    String order = batch.order.order();
    if (today.isAfter(batch.over()) && !batch.expired) {
      possible.add(() -> new Action.ExpireOrder(order));
    }
    if (!batch.expired || today.isBefore(batch.over().plusDays(7))) {
      return false;
    }
    for (String party : List.of("", batch.terms.shareOf(funder).cashOwner())) {
      if (!batch.signatures.contains("STATEMENT " + party)) {
        possible.add(() -> new Action.SignExpiry(order, "STATEMENT", party));
        return false;
      }
    }
    return true;
  }

  /** Whether a statement may give back what was repaid for nothing. */
  boolean isGivenBackBy(Action action) {
    return action instanceof Action.SignExpiry signed
        && signed.step().equals("STATEMENT")
        && world.batches.stream()
            .filter(batch -> batch.order.order().equals(signed.order()))
            .anyMatch(
                batch ->
                    batch.terms.key.stream()
                        .anyMatch(
                            share ->
                                Endings.overpaid(
                                        world,
                                        world.agreement(batch.order.agreement()),
                                        share.funder())
                                    > 0));
  }

  /** A payment, or a use more, at the moment at which it is counted; null if it is of no order. */
  @Nullable Action rivalOf(Reversing.CreditRecovered action) {
    for (Batch batch : world.batches) {
      if (batch.order.order().equals(action.order())) {
        Agreement agreement = world.agreement(batch.order.agreement());
        return batch.terms.key.stream()
            .filter(share -> !share.preFinancier().isEmpty())
            .findFirst()
            .map(share -> pay(agreement, share.funder(), dice.of(1L, 100L, 1_000L)))
            .orElse(null);
      }
    }
    return null;
  }
}
