package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files that go to the bank. What has ended when a file is first given to somebody is not in
 * it; before that nobody can have told the bank of anything in it.
 */
final class Handing {
  private Handing() {}

  /** What is not in a run's file, or would not be now. */
  static List<String> leftOut(Run run) {
    return run.handedOut
        ? List.copyOf(run.leftOut)
        : run.transfers.stream().filter(one -> !one.end.isEmpty()).map(one -> one.name).toList();
  }

  /**
   * @param leftOut what the file was made without
   * @param mayBePaid whether the bank may have paid what a transfer is to pay
   */
  static Told handOut(World world, Run run, List<String> leftOut, Predicate<Transfer> mayBePaid) {
    if (run.handedOut && !run.leftOut.equals(leftOut)) {
      return Told.refused("FILE_DIFFERS");
    }
    List<String> ended = leftOut(run);
    if (ended.size() == run.transfers.size() || !ended.equals(leftOut)) {
      return Told.refused("TRANSFER_ENDED");
    }
    if (run.transfers.stream().anyMatch(one -> !ended.contains(one.name) && mayBePaid.test(one))) {
      return Told.refused("MAY_BE_PAID_ALREADY");
    }
    if (!run.handedOut && isDebited(world, run)) {
      return Told.refused("DEBIT_UNEXPLAINED");
    }
    run.handedOut = true;
    run.leftOut.clear();
    run.leftOut.addAll(ended);
    return Told.done("");
  }

  /** Why a released run is not cancelled any more; empty if it is. */
  static String notCancelled(World world, Run run, String handedOut) {
    if (run.handedOut) {
      return handedOut;
    }
    if (run.transfers.stream().noneMatch(one -> one.end.isEmpty())) {
      return "TRANSFER_ENDED";
    }
    return isDebited(world, run) ? "DEBIT_UNEXPLAINED" : "";
  }

  /** Whether the bank took money for one whose end is not known, and nobody has explained it. */
  static boolean isDebited(World world, Run run) {
    return run.transfers.stream()
        .anyMatch(one -> one.end.isEmpty() && world.account.hasDebit(one.name));
  }
}
