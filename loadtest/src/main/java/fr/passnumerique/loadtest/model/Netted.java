package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sets lines that venues owe back against lines that they are owed. */
final class Netted {
  private final World world;

  Netted(World world) {
    this.world = world;
  }

  /**
   * One line against one, the oldest of each first, whether the venue has an account or not.
   *
   * @param owed by venue; what is netted is taken out
   */
  List<Undue.Netting> net(String programme, Map<String, List<World.Owed>> owed) {
    List<Undue.Netting> nettings = new ArrayList<>();
    new TreeMap<>(owed)
        .forEach(
            (venue, all) -> {
              List<Undue.Line> claims = claims(programme, venue);
              Undue.Netting netting = new Undue.Netting(venue);
              all.stream()
                  .filter(one -> one.debt() instanceof Cheque.Spent spent && spent.isNettable())
                  .sorted(OLDEST_FIRST)
                  .limit(claims.size())
                  .forEach(one -> netting.owed.add(one.cheque()));
              if (netting.owed.isEmpty()) {
                return;
              }
              netting.claims.addAll(claims.subList(0, netting.owed.size()));
              for (Cheque cheque : netting.owed) {
                Cheque.Spent spent = cheque.spent();
                spent.netting = netting;
                spent.taken = true;
                all.removeIf(one -> one.debt() == spent);
              }
              for (Undue.Line claim : netting.claims) {
                claim.recovery = "BEING_NETTED";
                claim.netting = netting;
              }
              nettings.add(netting);
            });
    return nettings;
  }

  private static final Comparator<World.Owed> OLDEST_FIRST =
      Comparator.comparing((World.Owed one) -> one.debt().recordedAt)
          .thenComparing(one -> one.cheque().spent().number);

  /** What a venue owes back, uncontested, for lines that were paid. */
  private List<Undue.Line> claims(String programme, String venue) {
    return world.undue.reversals.values().stream()
        .filter(reversal -> reversal.counts() && reversal.venue.equals(venue))
        .filter(reversal -> !reversal.isContested())
        .sorted(Comparator.comparing((Undue.Reversal reversal) -> reversal.order))
        .flatMap(reversal -> reversal.lines.stream())
        .filter(line -> line.recovery.equals("CLAIMED"))
        .filter(line -> line.cheque.batch.programme.equals(programme))
        .filter(line -> !line.isOnItsWay())
        .toList();
  }

  /** The run may go to the bank: what is netted counts as paid. */
  static void release(World.Run run) {
    for (Undue.Netting netting : run.nettings) {
      netting.released = true;
      netting.kept = netting.transfer.isEmpty();
      for (Undue.Line claim : netting.claims) {
        claim.recovery = "DUE_BACK";
        claim.recovered = true;
      }
    }
  }

  /** Its transfer is paid, and nothing undoes the netting. */
  static void keep(World.Run run, String transfer) {
    run.nettings.stream()
        .filter(netting -> netting.transfer.equals(transfer))
        .forEach(netting -> netting.kept = true);
  }

  /**
   * All is owed again, both ways.
   *
   * @param transfer empty for all of the run
   */
  static void undo(World.Run run, String transfer) {
    for (Undue.Netting netting : run.nettings) {
      if (!transfer.isEmpty() && !netting.transfer.equals(transfer)) {
        continue;
      }
      netting.owed.forEach(cheque -> cheque.spent().netting = null);
      for (Undue.Line claim : netting.claims) {
        claim.recovery = "CLAIMED";
        claim.recovered = false;
        claim.netting = null;
      }
    }
    run.nettings.removeIf(netting -> transfer.isEmpty() || netting.transfer.equals(transfer));
  }

  static String told(List<Undue.Netting> nettings) {
    StringBuilder text = new StringBuilder();
    for (Undue.Netting netting : nettings) {
      long cents = netting.owed.stream().mapToLong(c -> c.batch.rules.faceValue()).sum();
      text.append(" netted ").append(netting.venue).append('=').append(cents);
      text.append(" with ").append(netting.transfer.isEmpty() ? "none" : netting.transfer);
    }
    return text.toString();
  }
}
