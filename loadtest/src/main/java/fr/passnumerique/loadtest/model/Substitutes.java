package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** New serials for cheques that were lost. */
final class Substitutes {
  private final World world;

  Substitutes(World world) {
    this.world = world;
  }

  Told replace(Titling.Replace a, LocalDate today) {
    String id = "replacement " + a.replacement();
    List<Cheque> named = new ArrayList<>();
    String refused = a.cheques().isEmpty() ? "NOTHING_NAMED" : "";
    TreeSet<Integer> batches = new TreeSet<>();
    TreeSet<Integer> ordinals = new TreeSet<>();
    for (Action.Range range : a.cheques()) {
      Batch batch = world.batch(range.batch());
      if (batch == null || !batch.has(range.first(), range.last())) {
        refused = "UNKNOWN_CHEQUE";
        break;
      }
      batches.add(range.batch());
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        ordinals.add(ordinal);
      }
    }
    Titling.Replace asked = refused.isEmpty() ? oneByOne(a) : a;
    Told known = world.known(id, asked, "REPLACEMENT_NAME_TAKEN");
    if (known != null) {
      return known;
    }
    if (!refused.isEmpty()) {
      return Told.refused(refused);
    }
    if (world.batches.stream().anyMatch(one -> one.order.order().equals(a.replacement()))) {
      return Told.refused("REPLACEMENT_NAME_TAKEN");
    }
    if (batches.size() > 1) {
      return Told.refused("SEVERAL_BATCHES");
    }
    Batch old = world.batches.get(batches.getFirst() - 1);
    ordinals.forEach(ordinal -> named.add(old.cheques.get(ordinal - 1)));
    for (Cheque cheque : named) {
      if (cheque.replaced) {
        return Told.refused("ALREADY_REPLACED");
      }
      if (!cheque.opposed || cheque.spent != null) {
        return Told.refused("NOT_OPPOSED");
      }
    }
    if (old.expired || today.isAfter(old.over())) {
      return Told.refused("NOTHING_LEFT");
    }
    issue(a, old, named, today);
    world.furtherFacts = 1;
    return world.record(id, asked, "batch " + world.batches.size());
  }

  /** Whoever names a cheque twice, or a range by its cheques, asks for the same. */
  private static Titling.Replace oneByOne(Titling.Replace a) {
    List<Action.Range> cheques =
        a.cheques().stream()
            .flatMap(
                range ->
                    IntStream.rangeClosed(range.first(), range.last())
                        .mapToObj(one -> new Action.Range(range.batch(), one, one)))
            .distinct()
            .sorted(Comparator.comparing(Action.Range::batch).thenComparing(Action.Range::first))
            .toList();
    return new Titling.Replace(a.replacement(), cheques);
  }

  /** Loose cheques with the shares and the last days of those that they stand for. */
  private void issue(Titling.Replace a, Batch old, List<Cheque> named, LocalDate today) {
    Action.Order order =
        new Action.Order(
            a.replacement(),
            old.order.agreement(),
            old.order.departement(),
            named.size(),
            old.order.endsOn());
    Batch batch =
        new Batch(
            world.batches.size() + 1,
            order,
            old.programme,
            old.rules.ofReplacements(),
            today,
            old.terms);
    for (Cheque cheque : named) {
      Cheque substitute = new Cheque(batch, batch.cheques.size() + 1, cheque.shares);
      substitute.root = cheque.root == null ? cheque : cheque.root;
      substitute.activated = cheque.activated;
      substitute.setAsideBefore = cheque.activated;
      substitute.lastDay =
          cheque.handedOutOn != null || cheque.lastDay != null ? cheque.lastServiceDay() : null;
      cheque.replaced = true;
      batch.cheques.add(substitute);
    }
    world.batches.add(batch);
  }
}
