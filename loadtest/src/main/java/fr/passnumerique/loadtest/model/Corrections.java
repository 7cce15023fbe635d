package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deliveries and hand-outs that are taken back. */
final class Corrections {
  private final World world;

  Corrections(World world) {
    this.world = world;
  }

  Told takeBack(Titling.TakeBack a) {
    Named named = named(a.cheques());
    List<List<Cheque>> runs = named.refused.isEmpty() ? runs(named.cheques) : List.of();
    // However the cheques were named, the same are the same.
    Titling.TakeBack sorted =
        new Titling.TakeBack(a.step(), a.correction(), a.prescriber(), ranges(runs));
    String id = "correction " + a.prescriber() + " " + a.correction();
    Told known = world.known(id, sorted, "CORRECTION_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    if (!world.prescribers.contains(a.prescriber())) {
      return Told.refused("UNKNOWN_PRESCRIBER");
    }
    if (!named.refused.isEmpty()) {
      return Told.refused(named.refused);
    }
    for (List<Cheque> run : runs) {
      String wrong = wrong(a, run);
      if (wrong != null) {
        return Told.refused(wrong);
      }
    }
    for (Cheque cheque : named.cheques) {
      if (a.step().equals("DELIVERY")) {
        cheque.prescriber = null;
        cheque.deliveredOn = null;
      } else {
        cheque.handedOutOn = null;
        cheque.person = "";
      }
    }
    return world.record(id, sorted, "");
  }

  private record Named(List<Cheque> cheques, String refused) {}

  private Named named(List<Action.Range> ranges) {
    if (ranges.isEmpty()) {
      return new Named(List.of(), "NOTHING_CHOSEN");
    }
    if (ranges.stream().anyMatch(range -> world.batch(range.batch()) == null)) {
      return new Named(List.of(), "UNKNOWN_BATCH");
    }
    List<Cheque> cheques = new ArrayList<>();
    for (Action.Range range : ranges) {
      Batch batch = world.batch(range.batch());
      if (batch == null || !batch.has(range.first(), range.last())) {
        return new Named(List.of(), "NOT_IN_BATCH");
      }
      cheques.addAll(batch.range(range.first(), range.last()));
    }
    return new HashSet<>(cheques).size() < cheques.size()
        ? new Named(List.of(), "CHOSEN_TWICE")
        : new Named(cheques, "");
  }

  /** In order of serial, and cut where a serial is missing. */
  private static List<List<Cheque>> runs(List<Cheque> cheques) {
    List<List<Cheque>> runs = new ArrayList<>();
    Cheque before = null;
    for (Cheque cheque :
        cheques.stream()
            .sorted(
                Comparator.comparing((Cheque one) -> one.batch.number)
                    .thenComparing(one -> one.ordinal))
            .toList()) {
      if (before == null || before.batch != cheque.batch || before.ordinal + 1 != cheque.ordinal) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(cheque);
      before = cheque;
    }
    return runs;
  }

  private static List<Action.Range> ranges(List<List<Cheque>> runs) {
    return runs.stream()
        .map(
            run ->
                new Action.Range(
                    run.getFirst().batch.number, run.getFirst().ordinal, run.getLast().ordinal))
        .toList();
  }

  private static @Nullable String wrong(Titling.TakeBack a, List<Cheque> run) {
    if (run.getFirst().batch.expired) {
      return "BATCH_EXPIRED";
    }
    if (run.stream().anyMatch(cheque -> !a.prescriber().equals(cheque.prescriber))) {
      return "NOT_IN_STOCK";
    }
    if (run.stream().anyMatch(cheque -> cheque.opposed)) {
      return "CHEQUE_OPPOSED";
    }
    if (a.step().equals("DELIVERY")) {
      return run.stream().anyMatch(cheque -> cheque.handedOutOn != null)
          ? "ALREADY_HANDED_OUT"
          : null;
    }
    if (run.stream().anyMatch(cheque -> cheque.handedOutOn == null)) {
      return "NOT_HANDED_OUT";
    }
    return run.stream().anyMatch(cheque -> cheque.spent != null) ? "ALREADY_REDEEMED" : null;
  }
}
