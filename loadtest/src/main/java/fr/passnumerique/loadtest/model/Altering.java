package fr.passnumerique.loadtest.model;

/** Tells of clerks who use an identifier twice. */
final class Altering {
  private Altering() {}

  /** Sent again under the same identifier and with other contents. */
  static Action of(Action action) {
    Action more =
        switch (action) {
          case Titling _ -> TitlePlot.altered(action);
          case Refunding _ -> RefundPlot.altered(action);
          case Settling _ -> SettlingPlot.altered(action);
          default -> ReversalPlot.altered(action);
        };
    if (more != null) {
      return more;
    }
    return switch (action) {
      case Action.Receive a ->
          new Action.Receive(a.receipt(), a.agreement(), a.funder(), a.cents() + 1, a.valueDate());
      case Action.CallFunds a ->
          new Action.CallFunds(a.call(), a.agreement(), a.funder(), a.cents() + 1, a.dueOn());
      case Action.TransferFunds a ->
          new Action.TransferFunds(a.transfer(), a.funder(), a.from(), a.to(), a.cents() + 1);
      case Action.Order a ->
          new Action.Order(
              a.order(), a.agreement(), a.departement(), a.cheques(), a.endsOn().plusDays(1));
      case Action.Activate a ->
          new Action.Activate(a.activation(), a.batch(), a.first() + 1, a.last());
      case Action.Deliver a ->
          new Action.Deliver(
              a.delivery(),
              a.prescriber(),
              a.batch(),
              a.first(),
              a.last(),
              a.deliveredOn().minusDays(1));
      case Action.HandOut a ->
          new Action.HandOut(
              a.handOut(),
              a.prescriber(),
              a.cheques(),
              a.handedOutOn().minusDays(1),
              a.publicCode(),
              a.person());
      case Action.SubmitSlip a ->
          new Action.SubmitSlip(
              a.venue(),
              a.reference(),
              a.lines().isEmpty() ? a.lines() : a.lines().subList(1, a.lines().size()));
      case Action.OpenRun a ->
          new Action.OpenRun(a.run(), a.programme(), a.cutOffDay().minusDays(1));
      case Action.Oppose a ->
          new Action.Oppose(
              a.opposition(), a.cheques(), a.reason().equals("LOST") ? "STOLEN" : "LOST");
      case Banking.TakeReceiptBack a ->
          new Banking.TakeReceiptBack(
              a.receipt(), a.reason().equals("OTHER") ? "NEVER_CAME" : "OTHER");
      case Banking.TakeConfirmationBack a ->
          new Banking.TakeConfirmationBack(
              a.run(), a.number(), a.paidOn(), a.reason().equals("OTHER") ? "REJECTED" : "OTHER");
      case Action.LabelVenue a ->
          new Action.LabelVenue(a.venue(), a.from().plusDays(1), a.decision());
      default -> action;
    };
  }
}
