package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.LocalDate;

/** Cash that was paid in and no cheque needs goes back to its owner. */
final class GivingBack {
  private final World world;

  GivingBack(World world) {
    this.world = world;
  }

  /** It has left its agreement's cash, and is on the account until its note is refunded. */
  static final class GivenBack {
    final Refunding.GiveBack made;
    final Batch.Note note;

    GivenBack(Refunding.GiveBack made, Batch.Note note) {
      this.made = made;
      this.note = note;
    }

    Refunding.Note name() {
      return new Refunding.Note(made.giveBack(), "~" + made.funder());
    }
  }

  Told give(Refunding.GiveBack a, LocalDate today) {
    String id = "give-back " + a.giveBack();
    Told known = world.known(id, a, "GIVE_BACK_ALREADY_MADE");
    if (known != null) {
      return known;
    }
    Agreement agreement = world.agreements.get(a.agreement());
    if (agreement == null) {
      return Told.refused("UNKNOWN_AGREEMENT");
    }
    if (!agreement.concerns(a.funder())) {
      return Told.refused("FUNDER_NOT_IN_AGREEMENT");
    }
    if (a.cents() < 1) {
      return Told.refused("AMOUNT_OUT_OF_RANGE");
    }
    if (a.cents() > world.mayLeave(agreement, a.funder())) {
      return Told.refused("CREDIT_TOO_LOW");
    }
    agreement.cash.merge(a.funder(), -a.cents(), Long::sum);
    Batch.Note note = new Batch.Note(today);
    note.cents = a.cents();
    world.givenBack.put(a.giveBack(), new GivenBack(a, note));
    return world.record(id, a, "");
  }

  Told cancel(Refunding.CancelGiveBack a) {
    GivenBack one = world.givenBack.get(a.giveBack());
    if (one == null) {
      return Told.refused("UNKNOWN_GIVE_BACK");
    }
    if (one.note.cancelled) {
      return Told.again("");
    }
    if (one.note.refundedOn != null) {
      return Told.refused("GIVE_BACK_REFUNDED");
    }
    if (one.note.holder != null) {
      return Told.refused("REFUND_UNDER_WAY");
    }
    if (new Refunds(world).mayBePaidAlready(one.note, null)) {
      return Told.refused("MAY_BE_PAID_ALREADY");
    }
    one.note.cancelled = true;
    world
        .agreement(one.made.agreement())
        .cash
        .merge(one.made.funder(), one.made.cents(), Long::sum);
    return Told.done("");
  }
}
