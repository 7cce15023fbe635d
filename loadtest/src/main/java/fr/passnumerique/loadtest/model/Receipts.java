package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;

/** What clerks have recorded by hand: the bank shows each, several in one sum, or never. */
final class Receipts {
  private final World world;

  Receipts(World world) {
    this.world = world;
  }

  /**
   * The receipts come to the entry, each of them named once.
   *
   * @return what is wrong with that, or nothing
   */
  String prove(List<String> receipts, Account.Unexplained entry) {
    List<Account.ByHand> all = new ArrayList<>();
    for (String receipt : receipts) {
      Account.ByHand one = world.account.byHand.get(receipt);
      if (one == null && !world.done.containsKey("receipt " + receipt)) {
        return "UNKNOWN_RECEIPT";
      }
      if (one == null || one.proved || all.contains(one)) {
        return "RECEIPT_DIFFERS";
      }
      all.add(one);
    }
    if (all.stream().mapToLong(Account.ByHand::cents).sum() != entry.cents) {
      return "RECEIPT_DIFFERS";
    }
    world.account.remove(entry.movement);
    all.forEach(one -> one.prove(entry.bookedOn));
    world.account.explain(
        entry,
        all.stream()
            .map(one -> new Account.Moved.Receipt(one.received, entry.bookedOn, one.cents()))
            .toArray(Account.Moved[]::new));
    world.furtherFacts = all.size();
    return "";
  }

  /** What it brought is gone, if it has not left the agreement. */
  Told takeBack(Banking.TakeReceiptBack a) {
    Account.ByHand one = world.account.byHand.get(a.receipt());
    String before = world.account.takenBack.get(a.receipt());
    if (before != null) {
      return before.equals(a.reason())
          ? Told.again("")
          : Told.refused("RECEIPT_ALREADY_TAKEN_BACK");
    }
    if (one == null || one.proved) {
      return Told.refused(
          world.done.containsKey("receipt " + a.receipt()) ? "RECEIPT_SHOWN" : "UNKNOWN_RECEIPT");
    }
    Funds.Received received = one.received;
    if (hasLess(received, received.funder(), received.own())
        || received.back() > 0 && hasLess(received, received.advancing(), received.back())) {
      return Told.refused("RECEIPT_MOVED_ON");
    }
    Funds.takeBack(received);
    world.account.remove(one.movement);
    world.account.byHand.remove(a.receipt());
    world.account.takenBack.put(a.receipt(), a.reason());
    return Told.done("");
  }

  private static boolean hasLess(Funds.Received received, String owner, long cents) {
    World.Agreement agreement = received.agreement();
    long there =
        agreement.cash.getOrDefault(owner, 0L) + agreement.repaidWithin.getOrDefault(owner, 0L);
    return cents > Math.max(0, there);
  }
}
