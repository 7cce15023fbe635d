package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Action.Status;
import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank says of transfers before any money moves. */
final class BankStatuses {
  private static final Set<String> UNDER_WAY = Set.of("ACCP", "ACSP", "PDNG");

  private final World world;
  private final Ends ends;
  private int facts;

  BankStatuses(World world, Ends ends) {
    this.world = world;
    this.ends = ends;
  }

  /**
   * @param told takes what each comes to
   * @return how many facts
   */
  int read(List<Status> statuses, List<String> told) {
    facts = 0;
    Set<String> single = new HashSet<>();
    for (Status status : statuses) {
      if (!status.transfer().isEmpty()) {
        single.add(status.transfer());
        told.add(read(status, ends.find(status.transfer())));
      }
    }
    for (Status status : statuses) {
      if (status.transfer().isEmpty()) {
        readWhole(status, single, told);
      }
    }
    return facts;
  }

  private void readWhole(Status status, Set<String> single, List<String> told) {
    Run run = world.ordered(status.run());
    if (run == null || !run.handedOut) {
      told.add(dispute(status, "", "NEVER_SENT"));
      return;
    }
    List<Transfer> sent = run.transfers.stream().filter(run::hasSent).toList();
    long sum = sent.stream().mapToLong(Transfer::cents).sum();
    if (status.cents() >= 0 && status.cents() != sum) {
      told.add(dispute(status, "", "AMOUNT_DIFFERS"));
      return;
    }
    for (Transfer transfer : sent) {
      if (!single.contains(transfer.name)) {
        Status one =
            new Status(
                status.run(), transfer.name, status.code(), status.reason(), -1, status.on());
        told.add(read(one, ends.find(transfer.name)));
      }
    }
  }

  private String read(Status status, Ends.@Nullable Found found) {
    if (found == null || isNeverSent(found)) {
      return dispute(status, "", "NEVER_SENT");
    }
    String name = status.transfer();
    if (!status.run().equals(found.run())) {
      return dispute(status, name, "ANOTHER_FILE");
    }
    if (status.cents() >= 0 && status.cents() != found.transfer().cents()) {
      return dispute(status, name, "AMOUNT_DIFFERS");
    }
    boolean ends = status.code().equals("ACSC") || status.code().equals("RJCT");
    LocalDate sent = found.of().releasedOn;
    if (ends && sent != null && status.on().isBefore(sent)) {
      return dispute(status, name, "DATED_BEFORE_SENT");
    }
    if (status.code().equals("ACSC")) {
      return executed(status, found);
    }
    if (status.code().equals("RJCT")) {
      return rejected(status, found);
    }
    return UNDER_WAY.contains(status.code())
        ? "UNDER_WAY:" + name
        : dispute(status, name, "UNKNOWN_STATUS");
  }

  private static boolean isNeverSent(Ends.Found found) {
    return switch (found.standing()) {
      case "UNSENT" -> true;
      case "ORDERED", "REJECTED" -> !found.of().hasSent(found.transfer());
      default -> false;
    };
  }

  private String executed(Status status, Ends.Found found) {
    String name = status.transfer();
    boolean takenBack =
        found.transfer().neverExecuted || found.transfer().wordsTakenBack.containsKey(status.on());
    if (found.standing().equals("ORDERED") && takenBack) {
      // Its account says otherwise, or did: a clerk finds out which.
      return dispute(status, name, "EXECUTED_AFTER_TAKEN_BACK");
    }
    if (found.standing().equals("ORDERED")) {
      ends.execute(found, status.on());
      facts++;
      return "EXECUTED:" + name;
    }
    if (!found.standing().equals("REJECTED")) {
      return "KNOWN:" + name;
    }
    // Nothing is owed again that may have been paid.
    String told = dispute(status, name, "EXECUTED_AFTER_REJECTION");
    if (told.startsWith("DISPUTED") && !takenBack && ends.canBeReinstated(found.transfer())) {
      ends.reinstate(found);
      ends.execute(found, status.on());
      facts += 2;
    }
    return told;
  }

  private String rejected(Status status, Ends.Found found) {
    String name = status.transfer();
    switch (found.standing()) {
      case "ORDERED" -> {
        ends.reject(found, status.on(), status.reason().isEmpty() ? "MS03" : status.reason());
        facts++;
        return "REJECTED:" + name;
      }
      case "EXECUTED", "CONFIRMED" -> {
        return dispute(status, name, "REJECTED_AFTER_PAYMENT");
      }
      default -> {
        return "KNOWN:" + name;
      }
    }
  }

  /** The same word twice is one contradiction. */
  private String dispute(Status status, String known, String why) {
    String dispute =
        String.join(" ", status.run(), status.transfer(), status.code(), status.reason(), why);
    if (world.account.disputes.contains(dispute)) {
      return "KNOWN:" + known;
    }
    world.account.disputes.add(dispute);
    facts++;
    return "DISPUTED:" + known;
  }
}
