package fr.passnumerique.loadtest.model;

import java.util.Map;
import java.util.TreeMap;

/** Whether the cash of each owner covers what it is for: money rule 3, added up anew. */
final class Cover {
  private final World world;
  private final Map<String, Row> rows = new TreeMap<>();

  private Cover(World world) {
    this.world = world;
  }

  private static final class Row {
    long cash;
    long outstanding;
    long accepted;
    long inTransit;
    long dueBack;
    long called;

    long required() {
      return outstanding + accepted + inTransit + dueBack;
    }

    long missing() {
      return Math.max(0, required() - cash);
    }

    boolean isEmpty() {
      return cash == 0 && required() == 0 && called == 0;
    }

    @Override
    public String toString() {
      return "cash %d outstanding %d accepted %d in transit %d due back %d called %d missing %d"
          .formatted(
              cash, outstanding, accepted + inTransit, inTransit, dueBack, called, missing());
    }
  }

  /** A line for each owner of cash, by agreement and owner, and one under "all". */
  static Map<String, String> of(World world) {
    Cover cover = new Cover(world);
    Map<Pot, Long> pots = Pots.of(world);
    pots.forEach(cover::add);
    world
        .calls
        .values()
        .forEach(
            call -> cover.row(call.made.agreement(), call.made.funder()).called += call.open());
    return cover.told(world.account.onIt(pots));
  }

  private Row row(String agreement, String owner) {
    return rows.computeIfAbsent(agreement + " " + owner, _ -> new Row());
  }

  private void add(Pot pot, long cents) {
    if (pot.agreement().isEmpty()) {
      return;
    }
    Row row = row(pot.agreement(), pot.funder());
    switch (pot.kind()) {
      case "BANK" -> row.cash += cents;
      case "CHEQUES_OUTSTANDING" -> row.outstanding -= cents;
      case "VENUE_PAYABLE" -> row.accepted -= cents;
      case "TRANSFER_IN_TRANSIT", "TRANSFER_EXECUTED" -> row.inTransit -= cents;
      case "DUE_BACK", "TO_GIVE_BACK" -> row.dueBack -= cents;
      default -> {}
    }
  }

  private boolean leansOnAClerksWord() {
    Map<String, Long> unseen = world.account.unseen();
    Row all = new Row();
    long word = 0;
    for (Map.Entry<String, Row> each : rows.entrySet()) {
      Row row = each.getValue();
      long part = unseen.getOrDefault(each.getKey(), 0L);
      if (part > 0 && row.required() > 0 && row.cash - part < row.required()) {
        return true;
      }
      all.cash += row.cash;
      all.outstanding += row.required();
      word += part;
    }
    return word > 0 && all.required() > 0 && all.cash - word < all.required();
  }

  private Map<String, String> told(long bank) {
    rows.values().removeIf(Row::isEmpty);
    Map<String, String> told = new TreeMap<>();
    rows.forEach((owner, row) -> told.put(owner, row.toString()));
    long cash = Math.min(bank, rows.values().stream().mapToLong(row -> row.cash).sum());
    long required = rows.values().stream().mapToLong(Row::required).sum();
    long missing = Math.max(rows.values().stream().mapToLong(Row::missing).sum(), required - cash);
    long breaches = rows.values().stream().filter(row -> row.missing() > 0).count();
    String proof = world.account.proof();
    if (proof.startsWith("proven") && leansOnAClerksWord()) {
      proof = "un" + proof;
    }
    boolean breach = missing > 0 || world.account.taken() > 0;
    String state = breach ? "BREACH" : proof.startsWith("proven") ? "COVERED" : "UNPROVEN";
    told.put(
        "all",
        "%s, %d breaches, %d missing, bank %d, unexplained %d, taken %d, %s"
            .formatted(
                state,
                breaches,
                missing,
                bank,
                world.account.unexplained(),
                world.account.taken(),
                proof));
    return told;
  }
}
