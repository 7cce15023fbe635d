package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How many carnets a person may have at a time. */
final class Renewals {
  private final World world;

  Renewals(World world) {
    this.world = world;
  }

  /**
   * @param cheques that the person is to be given
   */
  @Nullable String wrong(Action.HandOut a, List<Cheque> cheques) {
    Map<String, Action.Rules> limited = new LinkedHashMap<>();
    for (Cheque cheque : cheques) {
      if (cheque.batch.rules.carnetsPerPerson() > 0) {
        limited.put(cheque.batch.programme, cheque.batch.rules);
      }
    }
    if (limited.isEmpty()) {
      return a.person().isEmpty() ? null : "BENEFICIARY_UNEXPECTED";
    }
    if (cheques.stream().map(cheque -> cheque.batch.programme).distinct().count() > 1) {
      // Each programme has a name of its own for a person, and a hand-out gives one.
      return "SEVERAL_PROGRAMMES";
    }
    if (a.person().isEmpty()) {
      return "BENEFICIARY_MISSING";
    }
    for (Map.Entry<String, Action.Rules> one : limited.entrySet()) {
      TreeSet<String> carnets = new TreeSet<>();
      world
          .cheques()
          .filter(cheque -> cheque.batch.programme.equals(one.getKey()))
          .filter(cheque -> cheque.batch.rules.carnetsPerPerson() > 0)
          .filter(
              cheque ->
                  cheques.contains(cheque)
                      || cheque.person.equals(a.person())
                          && isNear(
                              cheque.handedOutOn, a.handedOutOn(), one.getValue().renewalDays()))
          .forEach(cheque -> carnets.add(cheque.batch.number + "/" + cheque.carnet()));
      if (carnets.size() > one.getValue().carnetsPerPerson()) {
        return "RENEWAL_TOO_EARLY";
      }
    }
    return null;
  }

  private static boolean isNear(@Nullable LocalDate one, LocalDate other, int days) {
    return one != null && Math.abs(ChronoUnit.DAYS.between(one, other)) < days;
  }
}
