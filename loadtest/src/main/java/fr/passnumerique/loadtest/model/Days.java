package fr.passnumerique.loadtest.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How time goes by: mostly minutes, and often to where a rule has its edge. */
final class Days {
  private static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");

  private final Dice dice;
  private final World world;
  private final Theme theme;
  private Instant now = BEGINNING;
  private @Nullable LocalDate aim;

  Days(Dice dice, World world, Theme theme) {
    this.theme = theme;
    this.dice = dice;
    this.world = world;
  }

  Instant now() {
    return now;
  }

  LocalDate today() {
    return World.dayOf(now);
  }

  /** Lets the next step come at the day's edge, however far that is. */
  void aimAt(LocalDate day) {
    aim = day;
  }

  void pass() {
    if (aim != null) {
      around(aim);
      aim = null;
      return;
    }
    int chance = dice.below(100);
    if (chance < (theme == Theme.EVERYTHING ? 82 : 74)) {
      later(now.plusMillis(dice.between(1, 1_800_000)));
    } else if (chance < (theme == Theme.EVERYTHING ? 91 : 88)) {
      around(today().plusDays(1));
    } else if (chance < 95) {
      later(now.plus(Duration.ofHours(dice.between(20, 100))));
    } else if (chance < 99) {
      LocalDate edge = dice.of(edges());
      if (edge.isBefore(today().plusDays(40))) {
        around(edge.plusDays(dice.of(0, 0, 1)));
      }
    } else {
      later(now.plus(Duration.ofDays(dice.between(5, 25))));
    }
  }

  /** A moment, so that nothing else happens at the same one. */
  void moment() {
    later(now.plusMillis(dice.of(0, 1, dice.between(2, 60_000))));
  }

  /** Before, on or after the midnight at which a day begins; or in the night's odd hours. */
  private void around(LocalDate day) {
    Instant midnight = World.startOf(day);
    later(
        switch (dice.below(6)) {
          case 0 -> midnight.minusMillis(1);
          case 1 -> midnight;
          case 2 -> midnight.plusNanos(1_000);
          case 3 -> midnight.minusNanos(1_000);
          case 4 -> midnight.plus(Duration.ofMinutes(dice.between(1, 240)));
          default -> midnight.minus(Duration.ofMinutes(dice.between(1, 240)));
        });
  }

  private void later(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  /** Days on which something ends, and those that are not 24 hours long. */
  private List<LocalDate> edges() {
    List<LocalDate> edges = new ArrayList<>();
    int year = today().getYear();
    for (int month : new int[] {3, 10}) {
      edges.add(LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY)));
    }
    for (Batch batch : world.batches) {
      edges.add(batch.order.endsOn());
      edges.add(batch.over());
      if (batch.expired) {
        edges.add(batch.over().plusDays(7));
      }
    }
    if (!world.batches.isEmpty()) {
      for (Cheque cheque : dice.of(world.batches).cheques) {
        if (cheque.handedOutOn != null && cheque.spent == null) {
          edges.add(cheque.handedOutOn.plusDays(cheque.batch.rules.validityDays()));
        }
      }
    }
    edges.addAll(ReversalPlot.edges(world));
    return edges;
  }
}
