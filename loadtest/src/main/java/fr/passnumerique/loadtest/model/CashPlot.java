package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells what is paid in by a clerk's word, and of orders, for which it is. */
final class CashPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;

  CashPlot(World world, Dice dice, Days days, Cast cast) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
  }

  /** For cheques that were used. */
  private record Debt(Agreement agreement, String funder, long cents) {}

  private List<Debt> owedOnUse() {
    List<Debt> debts = new ArrayList<>();
    for (Agreement agreement : world.agreements.values()) {
      agreement
          .shares()
          .filter(share -> !share.preFinancier().isEmpty())
          .map(Action.Share::funder)
          .distinct()
          .forEach(
              funder -> debts.add(new Debt(agreement, funder, world.owedOnUse(agreement, funder))));
    }
    debts.removeIf(debt -> debt.cents() < 1);
    return debts;
  }

  boolean isOwedOnUse() {
    return !owedOnUse().isEmpty();
  }

  /** What a funder owes on use, to whoever advanced it; or a cent more or less, or what comes. */
  Action paidOnUse() {
    Debt debt = dice.of(owedOnUse());
    return new Action.Receive(
        cast.id("receipt"),
        debt.agreement().signed.agreement(),
        debt.funder(),
        Math.max(1, debt.cents() + dice.of(0, 0, 700, -1, 1)),
        days.today());
  }

  Action receipt() {
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    String funder =
        dice.percent(97) ? dice.of(agreement.shares().toList()).funder() : dice.of(Cast.FUNDERS);
    long exact = missing(agreement, funder);
    long cents =
        dice.percent(40) && exact > 0
            ? exact + dice.of(0, 0, -1, 1)
            : dice.of(1L, 3_333L, 20_000L, 100_000L, 100_000L);
    return new Action.Receive(
        cast.id("receipt"),
        agreement.signed.agreement(),
        funder,
        cents,
        days.today().minusDays(dice.of(0, 0, 1, 10, -1)));
  }

  /** Of an owner whose cash does not do for all that is issued. */
  Action missingReceipt() {
    for (Agreement agreement : world.agreements.values()) {
      for (Action.Share share : agreement.shares().toList()) {
        long missing = missing(agreement, share.cashOwner());
        if (missing > 0) {
          return new Action.Receive(
              cast.id("receipt"),
              agreement.signed.agreement(),
              share.cashOwner(),
              dice.percent(50) ? missing : missing + dice.of(-1, 1, 5_000, 20_000),
              days.today());
        }
      }
    }
    return order();
  }

  /** What the owner's cash lacks to cover all that is issued. */
  private long missing(Agreement agreement, String owner) {
    long issued =
        world
            .chequesOf(agreement.signed.agreement())
            .mapToLong(
                cheque ->
                    cheque.shares.entrySet().stream()
                        .filter(share -> cheque.cashOwner(share.getKey()).equals(owner))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
            .sum();
    return issued - agreement.cash.getOrDefault(owner, 0L);
  }

  Action order() {
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    Action.Rules rules = world.programmes.get(agreement.signed.programme());
    int perCarnet = rules == null ? 1 : rules.perCarnet();
    int cheques = perCarnet * dice.between(1, Math.max(1, 40 / perCarnet));
    return new Action.Order(
        cast.id("order"),
        agreement.signed.agreement(),
        dice.percent(95)
            ? dice.of(agreement.on(days.today()).territory)
            : dice.of(Cast.DEPARTEMENTS),
        dice.percent(97) ? cheques : cheques + dice.of(-1, 1),
        days.today().plusDays(dice.of(-1, 0, 10, 40, 120, 120, 120, 300, 300, 300)));
  }
}
