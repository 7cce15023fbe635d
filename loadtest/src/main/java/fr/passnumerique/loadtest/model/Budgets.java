package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much of each funder's ceiling is used, and until when the rest will do; added up anew. */
final class Budgets {
  private static final int WINDOW = 90;
  private static final int A_CENTURY = 36_525;

  private final World world;
  private final LocalDate today;

  private Budgets(World world, LocalDate today) {
    this.world = world;
    this.today = today;
  }

  /** A line for each share of each agreement. */
  static Map<String, String> of(World world, LocalDate today) {
    Budgets budgets = new Budgets(world, today);
    Map<String, String> told = new TreeMap<>();
    world.agreements.forEach(
        (name, agreement) ->
            agreement
                .shares()
                .map(Action.Share::funder)
                .distinct()
                .forEach(
                    funder -> told.put(name + " " + funder, budgets.of(agreement, name, funder))));
    return told;
  }

  private String of(World.Agreement agreement, String name, String funder) {
    // An amendment counts from its signature, whenever it is in force.
    long ceiling =
        agreement
            .shares()
            .filter(share -> share.funder().equals(funder))
            .mapToLong(Action.Share::ceiling)
            .reduce(0, (_, later) -> later);
    List<Cheque> cheques = world.chequesOf(name).toList();
    long issued = 0;
    long activated = 0;
    long redeemed = 0;
    long lately = 0;
    LocalDate first = null;
    for (Cheque cheque : cheques) {
      long share = cheque.shares.getOrDefault(funder, 0L);
      issued += cheque.root == null ? share : 0;
      Cheque.Spent spent = cheque.spent;
      redeemed += spent != null && !spent.waived && !spent.isVoid() ? share : 0;
      LocalDate on = cheque.activatedOn;
      if (on != null && share > 0) {
        activated += share;
        // Recorded time may be past a midnight that the clock is just before.
        boolean within = on.plusDays(WINDOW).isAfter(today) && !on.isAfter(today);
        lately += within ? share : 0;
        first = first == null || on.isBefore(first) ? on : first;
      }
    }
    long remaining = Math.max(0, ceiling - activated);
    long days =
        first == null ? 0 : Math.clamp(ChronoUnit.DAYS.between(first, today) + 1, 1, WINDOW);
    int used = 0;
    while ((used + 1) * ceiling <= activated * 100) {
      used++;
    }
    return ("ceiling %d issued %d activated %d redeemed %d to order %d to activate %d"
            + " used %d from %d called %d rate %d in %d until %s")
        .formatted(
            ceiling,
            issued,
            activated,
            redeemed,
            Math.max(0, ceiling - issued),
            remaining,
            used,
            used < 50 ? 0 : used < 80 ? 50 : used < 95 ? 80 : 95,
            new Calls(world).open(name, funder),
            lately,
            days,
            usedUp(remaining, lately, days));
  }

  /** The first day on which nothing would be left. */
  private @Nullable LocalDate usedUp(long remaining, long lately, long days) {
    for (int day = 0; day <= A_CENTURY; day++) {
      // So much goes in a day that lately goes in so many days.
      if (day * lately >= remaining * days && (lately > 0 || remaining == 0)) {
        return today.plusDays(day);
      }
    }
    return null;
  }
}
