package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Begins most stories with a programme under which cheques are really used: drawn by chance alone,
 * a story is mostly about what is refused at the first rule.
 */
final class Prologue {
  private static final List<String> TERRITORY = List.of("16", "23", "75");

  private final Dice dice;
  private final Deque<Function<LocalDate, Action>> next = new ArrayDeque<>();

  /** The numbers of the batches are known once they are issued. */
  private boolean isDistributing;

  Prologue(
      Dice dice, Theme theme, List<String> funders, List<String> venues, List<String> services) {
    this.dice = dice;
    long face = dice.of(500L, 700L, 1_000L);
    for (String funder : funders.subList(0, 3)) {
      next.add(_ -> new Action.RegisterFunder(funder));
    }
    Action.Rules rules =
        new Action.Rules(
            face,
            dice.of(1, 2, 5),
            dice.of(60, 90),
            dice.of(30, 60),
            theme == Theme.ENDINGS ? dice.of(0, 3) : dice.of(0, 3, 30),
            List.of(),
            dice.percent(70) ? List.of() : services,
            List.of(),
            dice.of(0, 0, 0, 3),
            dice.of("ALLOW", "FLAG", "FLAG", "REFUSE"),
            0,
            0);
    next.add(_ -> new Action.DefineProgramme("programme-1", rules));
    next.add(
        _ ->
            new Action.RegisterPrescriber(
                "prescriber-1", dice.percent(75) ? venues.getFirst() : ""));
    // The share on use, if there is one, is the lesser: at most a half may be.
    List<Integer> points =
        dice.parts(10_000, 2).stream().sorted(Comparator.reverseOrder()).toList();
    for (int number = 1; number <= 2; number++) {
      String agreement = "agreement-" + number;
      boolean advanced = number == 1 && dice.percent(70);
      List<Action.Share> key =
          List.of(
              new Action.Share(funders.get(number - 1), points.getFirst(), 10_000_000, ""),
              new Action.Share(
                  funders.get(2),
                  points.getLast(),
                  10_000_000,
                  advanced ? funders.getFirst() : ""));
      next.add(
          today ->
              new Action.SignAgreement(
                  agreement,
                  "programme-1",
                  today.minusDays(5),
                  today.minusDays(5),
                  today.plusDays(700),
                  TERRITORY,
                  key));
      for (Action.Share share : key) {
        next.add(
            today ->
                new Action.Receive(
                    "first-" + agreement + share.funder(),
                    agreement,
                    share.cashOwner(),
                    40 * face,
                    today));
      }
    }
    int accounts = dice.between(1, 3);
    for (String venue : venues.subList(0, dice.between(2, 3))) {
      next.add(_ -> new Action.ListVenue(venue, List.of(new Action.Point("point-1", "23"))));
      next.add(today -> new Action.LabelVenue(venue, today.minusDays(100), "decision-1"));
      String iban = "iban-" + dice.between(1, accounts);
      next.add(_ -> new Action.OpenAccount(venue, iban, false));
      next.add(_ -> new Action.ConfirmAccount(venue, iban, "second-clerk"));
    }
    if (dice.percent(40)) {
      long minimum = dice.of(2 * face, 3 * face, 6 * face);
      next.add(
          today ->
              new Settling.SetCalendar(
                  "programme-1",
                  today.plusDays(1),
                  "WEEK",
                  dice.of(List.of(1, 2, 3, 4, 5, 6, 7), List.of(2, 5)),
                  minimum));
    }
    for (int batch = 1; batch <= 2; batch++) {
      int number = batch;
      next.add(
          today ->
              new Action.Order(
                  "first-order-" + number,
                  "agreement-" + number,
                  dice.of(TERRITORY),
                  40,
                  today.plusDays(
                      theme == Theme.ENDINGS
                          ? dice.of(6, 12, 20)
                          : dice.of(12, 30, 45, 60, 120, 300))));
    }
  }

  boolean isOver() {
    return next.isEmpty();
  }

  /** What comes next; the model must have played all before it. */
  Action next(LocalDate today, World world) {
    Action action = next.removeFirst().apply(today);
    if (next.isEmpty() && !isDistributing) {
      isDistributing = true;
      for (Batch batch : world.batches) {
        distribute(batch.number, batch.cheques.size());
      }
      distribute(world.batches.size() + 1, 40);
    }
    return action;
  }

  private void distribute(int batch, int cheques) {
    next.add(_ -> new Action.Activate("first-activation-" + batch, batch, 1, 0));
    next.add(
        today ->
            new Action.Deliver(
                "first-delivery-" + batch, "prescriber-1", batch, 1, cheques, today));
    for (int first = 1; first < cheques; first += 10) {
      int from = first;
      next.add(
          today ->
              new Action.HandOut(
                  "first-hand-out-" + batch + "-" + from,
                  "prescriber-1",
                  List.of(new Action.Range(batch, from, Math.min(cheques, from + 9))),
                  today,
                  "",
                  ""));
    }
  }
}
