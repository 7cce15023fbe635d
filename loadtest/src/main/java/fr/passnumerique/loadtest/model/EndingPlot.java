package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;

/** Tells how orders come to their end. */
final class EndingPlot {
  private final World world;
  private final Dice dice;
  private final Days days;

  EndingPlot(World world, Dice dice, Days days) {
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  boolean isOver(Batch batch) {
    return days.today().isAfter(batch.over());
  }

  /** Whether an order awaits signatures with which value goes back. */
  boolean isUnsigned() {
    return world.batches.stream().anyMatch(batch -> !unsigned(batch).isEmpty());
  }

  /** Who has not signed the statement yet and may now; the operator is the empty one. */
  private List<String> unsigned(Batch batch) {
    if (!batch.expired || days.today().isBefore(batch.over().plusDays(7))) {
      return List.of();
    }
    List<String> parties = new ArrayList<>(List.of(""));
    batch.terms.key.forEach(share -> parties.add(share.cashOwner()));
    parties.removeIf(party -> batch.signatures.contains("STATEMENT " + party));
    return parties;
  }

  Action ending() {
    List<Batch> awaiting =
        world.batches.stream().filter(batch -> !unsigned(batch).isEmpty()).toList();
    if (!awaiting.isEmpty() && dice.percent(45)) {
      Batch one = dice.of(awaiting);
      return new Action.SignExpiry(one.order.order(), "STATEMENT", unsigned(one).getFirst());
    }
    List<Batch> over = world.batches.stream().filter(this::isOver).toList();
    Batch batch = over.isEmpty() || dice.percent(15) ? dice.of(world.batches) : dice.of(over);
    String order = batch.order.order();
    if (!batch.expired && dice.percent(70)) {
      return new Action.ExpireOrder(order);
    }
    List<String> parties = new ArrayList<>();
    batch.terms.key.forEach(share -> parties.add(share.cashOwner()));
    if (!batch.notes.isEmpty() && dice.percent(50)) {
      return new Action.RefundNote(
          order,
          dice.percent(95) ? dice.of(List.copyOf(batch.notes.keySet())) : "etat",
          days.today().minusDays(dice.of(0, 0, 0, 0, 1, -1)));
    }
    return new Action.SignExpiry(
        order,
        dice.of("STATEMENT", "STATEMENT", "STATEMENT", "APPROVAL", "ACKNOWLEDGEMENT"),
        dice.percent(40) ? "" : dice.percent(95) ? dice.of(parties) : dice.of(Cast.FUNDERS));
  }
}
