package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import fr.passnumerique.loadtest.model.World.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settlement runs and what the bank says of their transfers. */
final class Payments {
  private final World world;

  Payments(World world) {
    this.world = world;
  }

  Told open(Action.OpenRun a, Instant receivedAt) {
    if (!world.programmes.containsKey(a.programme())) {
      return Told.refused("UNKNOWN_PROGRAMME");
    }
    String id = "run " + a.run();
    Told known = world.known(id, a, "RUN_ID_TAKEN");
    if (known != null) {
      return known;
    }
    Instant cutOff = World.startOf(a.cutOffDay());
    if (cutOff.isAfter(receivedAt)) {
      return Told.refused("CUT_OFF_IN_FUTURE");
    }
    if (world.recordedAt.isBefore(cutOff)) {
      return Told.refused("CUT_OFF_NOT_RECORDED");
    }
    Map<String, List<Cheque>> owed = owed(a.programme(), cutOff);
    Map<String, List<Cheque>> byIban = new LinkedHashMap<>();
    List<String> unpayable = new ArrayList<>();
    owed.forEach(
        (name, cheques) -> {
          Venue venue = world.venues.get(name);
          if (venue == null || !venue.payable()) {
            unpayable.add(name);
          } else {
            byIban.computeIfAbsent(venue.iban, _ -> new ArrayList<>()).addAll(cheques);
          }
        });
    if (byIban.isEmpty()) {
      return Told.refused("NOTHING_TO_PAY");
    }
    List<Transfer> transfers = new ArrayList<>();
    StringBuilder answer = new StringBuilder();
    byIban.forEach(
        (iban, cheques) -> {
          Transfer transfer = new Transfer(a.run() + "-" + (transfers.size() + 1), iban);
          transfers.add(transfer);
          long cents = 0;
          for (Cheque cheque : cheques) {
            spent(cheque).transfer = transfer.name;
            spent(cheque).taken = true;
            cents += cheque.batch.rules.faceValue();
          }
          answer.append(transfer.name).append('=').append(cents).append(' ');
        });
    answer.append("unpayable=").append(unpayable);
    world.runs.put(a.run(), new Run(transfers));
    return world.record(id, a, answer.toString());
  }

  private Map<String, List<Cheque>> owed(String programme, Instant cutOff) {
    Map<String, List<Cheque>> owed = new TreeMap<>();
    world
        .cheques()
        .filter(cheque -> cheque.batch.programme.equals(programme))
        .forEach(
            cheque -> {
              Cheque.Spent spent = cheque.spent;
              if (spent != null && spent.transfer == null && spent.recordedAt.isBefore(cutOff)) {
                owed.computeIfAbsent(spent.venue, _ -> new ArrayList<>()).add(cheque);
              }
            });
    return owed;
  }

  private static Cheque.Spent spent(Cheque cheque) {
    Cheque.Spent spent = cheque.spent;
    if (spent == null) {
      throw new IllegalStateException("nothing is owed for cheque " + cheque);
    }
    return spent;
  }

  Told release(Action.ReleaseRun a, Instant recordedAt) {
    Run run = world.runs.get(a.run());
    if (run == null) {
      return Told.refused("UNKNOWN_RUN");
    }
    if (run.cancelled) {
      return Told.refused("RUN_CANCELLED");
    }
    if (run.releasedOn != null) {
      return Told.again("");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_REQUIRED");
    }
    run.releasedOn = World.dayOf(recordedAt);
    return Told.done("");
  }

  Told cancel(Action.CancelRun a) {
    Run run = world.runs.get(a.run());
    if (run == null) {
      return Told.refused("UNKNOWN_RUN");
    }
    if (run.cancelled) {
      return Told.again("");
    }
    if (run.releasedOn != null) {
      return Told.refused("RUN_ALREADY_RELEASED");
    }
    run.cancelled = true;
    run.transfers.forEach(transfer -> in(transfer).forEach(spent -> spent.transfer = null));
    return Told.done("");
  }

  Told confirm(Action.ConfirmTransfer a, LocalDate today) {
    Transfer transfer = transfer(a.run(), a.number());
    Run run = world.runs.get(a.run());
    if (transfer == null || run == null) {
      return unknown(a.run());
    }
    if (run.cancelled || run.isOpen()) {
      return Told.refused(run.cancelled ? "RUN_CANCELLED" : "RUN_NOT_RELEASED");
    }
    String end = "confirmed " + a.bookedOn();
    if (!transfer.end.isEmpty()) {
      return ended(transfer, end);
    }
    if (isOutOfRange(run, a.bookedOn(), today)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    transfer.end = end;
    in(transfer).forEach(spent -> spent.paid = true);
    world.account.move(a.bookedOn(), -amount(transfer));
    return Told.done("");
  }

  Told reject(Action.RejectTransfer a, LocalDate today) {
    Transfer transfer = transfer(a.run(), a.number());
    Run run = world.runs.get(a.run());
    if (transfer == null || run == null) {
      return unknown(a.run());
    }
    if (run.cancelled || run.isOpen()) {
      return Told.refused(run.cancelled ? "RUN_CANCELLED" : "RUN_NOT_RELEASED");
    }
    String end = "rejected " + a.rejectedOn() + " " + a.reason();
    if (!transfer.end.isEmpty()) {
      return ended(transfer, end);
    }
    if (isOutOfRange(run, a.rejectedOn(), today)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    transfer.end = end;
    in(transfer).forEach(spent -> spent.transfer = null);
    world.venues.values().stream()
        .filter(venue -> venue.iban.equals(transfer.iban))
        .forEach(venue -> venue.closed = true);
    return Told.done("");
  }

  private @Nullable Transfer transfer(String name, int number) {
    Run run = world.runs.get(name);
    return run == null || number < 1 || number > run.transfers.size()
        ? null
        : run.transfers.get(number - 1);
  }

  private Told unknown(String run) {
    return Told.refused(world.runs.containsKey(run) ? "UNKNOWN_TRANSFER" : "UNKNOWN_RUN");
  }

  private static Told ended(Transfer transfer, String end) {
    if (transfer.end.equals(end)) {
      return Told.again("");
    }
    return Told.refused(
        transfer.end.startsWith("confirmed")
            ? "TRANSFER_ALREADY_CONFIRMED"
            : "TRANSFER_ALREADY_REJECTED");
  }

  private static boolean isOutOfRange(Run run, LocalDate day, LocalDate today) {
    return run.releasedOn == null || day.isBefore(run.releasedOn) || day.isAfter(today);
  }

  private long amount(Transfer transfer) {
    return world
        .cheques()
        .filter(c -> c.spent != null && transfer.name.equals(c.spent.transfer))
        .mapToLong(cheque -> cheque.batch.rules.faceValue())
        .sum();
  }

  private List<Cheque.Spent> in(Transfer transfer) {
    List<Cheque.Spent> all = new ArrayList<>();
    world
        .cheques()
        .forEach(
            cheque -> {
              if (cheque.spent != null && transfer.name.equals(cheque.spent.transfer)) {
                all.add(cheque.spent);
              }
            });
    return all;
  }
}
