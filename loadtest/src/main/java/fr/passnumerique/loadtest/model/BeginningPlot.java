package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Tells how programmes are set up, and who pays how much of them. */
final class BeginningPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;

  BeginningPlot(World world, Dice dice, Days days, Cast cast) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
  }

  Action programme() {
    Action.Rules rules =
        new Action.Rules(
            dice.percent(3) ? 0 : dice.of(1L, 7L, 500L, 700L, 999L, 1_000L),
            dice.of(1, 2, 5, 5, 10),
            dice.of(1, 5, 20, 20, 60, 60, 90),
            dice.of(0, 1, 10, 30, 30, 60, 60),
            dice.of(0, 3, 30),
            dice.percent(70)
                ? List.of()
                : dice.percent(50) ? Cast.PUBLICS : Cast.PUBLICS.subList(0, 1),
            dice.percent(60) ? List.of() : Cast.SERVICES.subList(0, 2),
            dice.percent(60) ? List.of() : Cast.DEPARTEMENTS.subList(0, dice.between(2, 5)),
            dice.of(0, 0, 1, 2, 3),
            dice.of("ALLOW", "FLAG", "FLAG", "REFUSE"),
            dice.of(0, 0, 1, 2),
            dice.of(1, 20));
    return new Action.DefineProgramme("programme-" + (world.programmes.size() + 1), rules);
  }

  Action funder() {
    return new Action.RegisterFunder(Cast.FUNDERS.get(world.funders.size()));
  }

  Action registerPrescriber() {
    return new Action.RegisterPrescriber(
        "prescriber-" + (world.prescribers.size() + 1),
        dice.percent(50) ? "" : dice.of(Cast.VALID));
  }

  Action agreement() {
    LocalDate today = days.today();
    LocalDate startsOn = today.plusDays(dice.of(-30, -1, 0, 0, 1));
    return new Action.SignAgreement(
        "agreement-" + (world.agreements.size() + 1),
        dice.of(List.copyOf(world.programmes.keySet())),
        today.minusDays(dice.of(0, 0, 5, 5, -1)),
        startsOn,
        startsOn.plusDays(dice.of(90, 200, 700)),
        List.of(Cast.DEPARTEMENTS.get(0), Cast.DEPARTEMENTS.get(dice.between(1, 3))),
        key());
  }

  Action amendment() {
    LocalDate today = days.today();
    LocalDate signedOn = today.minusDays(dice.of(0, 0, 0, 3, -1));
    LocalDate startsOn = today.minusDays(dice.of(0, 10, 10));
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    return new Action.AmendAgreement(
        cast.id("amendment"),
        agreement.signed.agreement(),
        signedOn,
        signedOn.plusDays(dice.of(0, 0, 0, 1, 20, -1)),
        startsOn,
        startsOn.plusDays(dice.of(90, 200, 700)),
        List.of(Cast.DEPARTEMENTS.get(0), Cast.DEPARTEMENTS.get(dice.between(1, 3))),
        dice.percent(25) ? agreement.versions.getLast().key : key());
  }

  /** Who pays how much of each cheque; sometimes a half of it on use. */
  private List<Action.Share> key() {
    List<String> funders = new ArrayList<>(world.funders);
    List<Action.Share> key = new ArrayList<>();
    int count = Math.min(dice.of(1, 2, 2, 3, 3, 4, 7), funders.size());
    boolean onUse = dice.percent(45);
    for (int points : dice.parts(10_000, count)) {
      String funder = funders.remove(dice.below(funders.size()));
      boolean advanced = onUse && points <= 5_000;
      key.add(
          new Action.Share(
              funder,
              points,
              dice.of(9_000L, 90_000L, 1_000_000L, 1_000_000L, 1_000_000L),
              advanced ? dice.of(List.copyOf(world.funders)) : ""));
      onUse = onUse && !advanced;
    }
    if (dice.percent(4)) {
      key.add(new Action.Share(dice.of(Cast.FUNDERS), 1, 1_000, ""));
    }
    return key;
  }
}
