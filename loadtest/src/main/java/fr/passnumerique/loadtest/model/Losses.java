package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cheques that were lost or stolen. */
final class Losses {
  private final World world;

  Losses(World world) {
    this.world = world;
  }

  Told oppose(Action.Oppose a) {
    String id = "opposition " + a.opposition();
    Told known = world.known(id, a, "OPPOSITION_ALREADY_RECORDED");
    if (known != null) {
      return known;
    }
    if (a.cheques().isEmpty()) {
      return Told.refused("NOTHING_NAMED");
    }
    List<Cheque> named = named(a);
    if (named == null) {
      return Told.refused("UNKNOWN_CHEQUE");
    }
    if (named.size() > Action.MOST_ALONE) {
      world.proposed.put(a.opposition(), a);
      return world.record(id, a, "");
    }
    return stop(named) ? world.record(id, a, "") : Told.refused("NOTHING_TO_OPPOSE");
  }

  private @Nullable List<Cheque> named(Action.Oppose a) {
    List<Cheque> named = new ArrayList<>();
    for (Action.Range range : a.cheques()) {
      Batch batch = world.batch(range.batch());
      if (batch == null || !batch.has(range.first(), range.last())) {
        return null;
      }
      for (Cheque cheque : batch.range(range.first(), range.last())) {
        if (!named.contains(cheque)) {
          named.add(cheque);
        }
      }
    }
    return named;
  }

  private static boolean stop(List<Cheque> named) {
    boolean any = false;
    for (Cheque cheque : named) {
      boolean isVoid = cheque.spent != null && cheque.spent.reversed != null;
      if (!cheque.opposed && !cheque.isExpired() && !isVoid) {
        cheque.opposed = true;
        any = true;
      }
    }
    return any;
  }

  Told approve(Action.ApproveOpposition a) {
    if (!world.done.containsKey("opposition " + a.opposition())) {
      return Told.refused("UNKNOWN_OPPOSITION");
    }
    if (world.approved.contains(a.opposition())) {
      return Told.again("");
    }
    Action.Oppose proposed = world.proposed.get(a.opposition());
    if (proposed == null) {
      return Told.refused("NOTHING_TO_APPROVE");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_NEEDED");
    }
    List<Cheque> named = named(proposed);
    if (named == null || !stop(named)) {
      return Told.refused("NOTHING_TO_OPPOSE");
    }
    world.approved.add(a.opposition());
    return Told.done("");
  }
}
