package fr.passnumerique.loadtest.model;

import org.jspecify.annotations.Nullable;

/** Tells what may get in the way of an action while it is being recorded. */
final class Rivals {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Plots plots;

  Rivals(World world, Dice dice, Days days, Plots plots) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.plots = plots;
  }

  /** Null if nothing does. */
  @Nullable Action of(Action action) {
    if (dice.percent(15)) {
      return action;
    }
    Action more = ofItsKind(action);
    if (more != null) {
      return more;
    }
    return switch (action) {
      case Action.SubmitSlip a ->
          dice.percent(80) ? plots.slips.sameCheques(a) : plots.payments.run();
      case Action.WithdrawSlip a ->
          dice.percent(50)
              ? plots.payments.run()
              : dice.percent(50) ? plots.distribution.opposition() : plots.slips.slip();
      case Action.Oppose a -> {
        Action withdrawal = plots.slips.withdrawal();
        yield dice.percent(40) || withdrawal == null ? plots.slips.spending(a) : withdrawal;
      }
      case Action.ExpireOrder _ -> {
        Action withdrawal = plots.slips.withdrawal();
        yield dice.percent(50) || withdrawal == null ? plots.slips.slip() : withdrawal;
      }
      case Action.ReleaseRun a -> new Action.CancelRun(a.run());
      case Action.CancelRun a -> {
        World.Run run = world.runs.get(a.run());
        yield run != null && run.awaitsHandingOut()
            ? new Settling.HandOutRun(a.run(), Handing.leftOut(run))
            : new Action.ReleaseRun(a.run(), "second-clerk");
      }
      case Action.Activate a ->
          new Action.Activate(plots.cast.id("activation"), a.batch(), a.first(), a.last());
      case Action.Deliver a ->
          new Action.Deliver(
              plots.cast.id("delivery"),
              plots.cast.prescriber(),
              a.batch(),
              a.first(),
              a.last(),
              a.deliveredOn());
      case Action.HandOut a ->
          new Action.HandOut(
              plots.cast.id("hand-out"),
              a.prescriber(),
              a.cheques(),
              a.handedOutOn(),
              a.publicCode(),
              a.person());
      case Action.Order a ->
          new Action.Order(
              plots.cast.id("order"), a.agreement(), a.departement(), a.cheques(), a.endsOn());
      case Action.Receive a ->
          new Action.Receive(a.receipt(), a.agreement(), a.funder(), a.cents() + 1, a.valueDate());
      case Action.OpenRun a -> {
        Action withdrawal = plots.slips.withdrawal();
        yield dice.percent(50) || withdrawal == null
            ? new Action.OpenRun(plots.cast.id("run"), a.programme(), a.cutOffDay())
            : withdrawal;
      }
      case Action.ConfirmTransfer a ->
          new Action.RejectTransfer(a.run(), a.number(), a.bookedOn(), "AC04");
      case Action.RejectTransfer a ->
          dice.percent(50)
              ? new Action.ConfirmTransfer(a.run(), a.number(), a.rejectedOn())
              : plots.venues.openAccount();
      case Action.OpenAccount a ->
          new Action.ConfirmAccount(a.venue(), a.iban(), dice.of("second-clerk", Action.CLERK));
      case Action.ConfirmAccount a -> new Action.DropAccount(a.venue(), a.iban(), "third-clerk");
      case Action.DropAccount a -> new Action.ConfirmAccount(a.venue(), a.iban(), "second-clerk");
      case Action.ImportFile _, Action.MatchEntry _ -> plots.bank.rivalOf(action);
      default -> plots.funding.rivalOf(action);
    };
  }

  private @Nullable Action ofItsKind(Action action) {
    Action ofMoney =
        switch (action) {
          case Reversing.DecideContest a when dice.percent(60) -> plots.lifts.rivalOf(a);
          case Reversing.CreditRecovered a when dice.percent(50) -> plots.overpaid.rivalOf(a);
          default -> null;
        };
    if (ofMoney != null) {
      return ofMoney;
    }
    if (action instanceof Banking && dice.percent(70)) {
      return action instanceof Banking.MatchRun a
          ? plots.inOneSum.rivalOf(a)
          : plots.byHand.rivalOf(action);
    }
    return action instanceof Refunding || action instanceof Action.RefundNote
        ? plots.refunds.rivalOf(action)
        : action instanceof Settling
            ? plots.settling.rivalOf(action)
            : action instanceof Reversing || dice.percent(50)
                ? plots.reversals.rivalOf(action)
                : plots.titles.rivalOf(action);
  }
}
